/** Where Rapport answers. The host only lets a card call origins that the app's manifest allows. */
export const RAPPORT_ORIGIN = 'https://rapport.invalid';
