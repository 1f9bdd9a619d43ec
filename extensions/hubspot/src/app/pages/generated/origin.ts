// Generated from manifest.json by `npm run manifest`; do not edit.
export const ORIGIN = 'https://rapport.invalid';
