/** Cities, countries, time zones and telephone prefixes of the demo's people. */

export interface Place {
  readonly city: string;
  readonly country: string;
  readonly zone: string;
  readonly dial: string;
}

const place = (city: string, country: string, zone: string, dial: string): Place => ({
  city,
  country,
  zone,
  dial,
});

export const PLACES_EN: readonly Place[] = [
  place('Lisbon', 'Portugal', 'Europe/Lisbon', '+351'),
  place('Porto', 'Portugal', 'Europe/Lisbon', '+351'),
  place('London', 'United Kingdom', 'Europe/London', '+44'),
  place('Manchester', 'United Kingdom', 'Europe/London', '+44'),
  place('Edinburgh', 'United Kingdom', 'Europe/London', '+44'),
  place('Dublin', 'Ireland', 'Europe/Dublin', '+353'),
  place('Berlin', 'Germany', 'Europe/Berlin', '+49'),
  place('Amsterdam', 'Netherlands', 'Europe/Amsterdam', '+31'),
  place('New York', 'United States', 'America/New_York', '+1'),
  place('Boston', 'United States', 'America/New_York', '+1'),
  place('Chicago', 'United States', 'America/Chicago', '+1'),
  place('Denver', 'United States', 'America/Denver', '+1'),
  place('Seattle', 'United States', 'America/Los_Angeles', '+1'),
  place('Toronto', 'Canada', 'America/Toronto', '+1'),
  place('Bengaluru', 'India', 'Asia/Kolkata', '+91'),
  place('Nairobi', 'Kenya', 'Africa/Nairobi', '+254'),
  place('Sydney', 'Australia', 'Australia/Sydney', '+61'),
];

export const PLACES_ZH: readonly Place[] = [
  place('上海', '中国', 'Asia/Shanghai', '+86'),
  place('北京', '中国', 'Asia/Shanghai', '+86'),
  place('深圳', '中国', 'Asia/Shanghai', '+86'),
  place('杭州', '中国', 'Asia/Shanghai', '+86'),
  place('成都', '中国', 'Asia/Shanghai', '+86'),
  place('苏州', '中国', 'Asia/Shanghai', '+86'),
  place('武汉', '中国', 'Asia/Shanghai', '+86'),
  place('西安', '中国', 'Asia/Shanghai', '+86'),
  place('新加坡', '新加坡', 'Asia/Singapore', '+65'),
  place('吉隆坡', '马来西亚', 'Asia/Kuala_Lumpur', '+60'),
  place('温哥华', '加拿大', 'America/Vancouver', '+1'),
];

export const TIME_ZONES: readonly string[] = [
  ...new Set([...PLACES_EN, ...PLACES_ZH].map(({ zone }) => zone)),
].sort();

/** HubSpot's internal spelling of an IANA zone: `europe_slash_lisbon`. */
export function hubspotZone(iana: string): string {
  return iana.toLowerCase().replaceAll('/', '_slash_').replaceAll('-', '_hyphen_');
}
