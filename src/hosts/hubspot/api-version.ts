/** The one place that names a version of HubSpot's API; CRM objects go through the official client, which names its own. */

/** Dated, supported for eighteen months; certification asks for `2026-03` or later. */
export const API_VERSION = '2026-03';

/** What the official client calls for objects and properties; one path beside it has no dated form that is known. */
export const CRM_API_VERSION = 'v3';
