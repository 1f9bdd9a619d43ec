/** One contact as records, with all that hangs on it. */
import type { Person } from './people.ts';
import { hubspotZone } from './places.ts';
import type { PortalWriter } from './portal-writer.ts';
import { hasBought } from './profile.ts';
import { writePurchases } from './purchases.ts';
import type { Random } from './random.ts';
import type { ReplyDraw, ReplyModel } from './reply-model.ts';
import { writeService } from './service.ts';
import { writeTouches } from './touches.ts';

const DAY = 86_400_000;

/** Everything of one contact: purchases, touches, tickets, the contact itself and its truth. */
export function writeContact(
  writer: PortalWriter,
  person: Person,
  model: ReplyModel,
  draw: ReplyDraw,
  random: Random,
): void {
  const contactId = writer.reserve('contacts');
  const firstDealMs = writePurchases(writer, contactId, person, random);
  const knownDays = hasBought(person.profile) ? random.between(4, 60) : random.between(20, 520);
  const sinceMs =
    (hasBought(person.profile) && firstDealMs !== null ? firstDealMs : writer.nowMs) -
    knownDays * DAY;
  const touchedMs = person.silent
    ? 0
    : writeTouches(writer, { contactId, person, sinceMs, model, draw }, random);
  const servedMs = person.silent ? 0 : writeService(writer, { contactId, person, sinceMs }, random);
  writer.add(
    'contacts',
    contactFields(person, random),
    sinceMs,
    Math.max(touchedMs, servedMs, firstDealMs ?? 0, sinceMs),
    contactId,
  );
  if (person.company !== null) writer.link('contacts', contactId, 'companies', person.company.id);
  writer.tell('contacts', contactId, model.truth(draw, person.profile.segment));
}

function contactFields(person: Person, random: Random): Record<string, string | undefined> {
  const { profile } = person;
  return {
    firstname: person.firstName,
    lastname: person.lastName,
    email: person.email,
    phone: person.phone,
    mobilephone: person.mobile,
    jobtitle: person.jobTitle,
    hs_seniority: profile.seniority,
    company: person.company?.name,
    city: person.place.city,
    country: person.place.country,
    industry: profile.industry,
    hs_language: profile.language === 'zh' ? 'zh-cn' : 'en',
    hs_timezone: person.hasZone ? hubspotZone(person.place.zone) : undefined,
    lifecyclestage: profile.lifecycle,
    hs_lead_status: leadStatus(person, random),
    hs_linkedin_url: person.linkedin,
    hs_email_optout: String(person.emailOptOut),
    hs_analytics_source: profile.source,
    phone_consent: person.phoneConsent,
    sms_consent: person.smsConsent,
    whatsapp_consent: person.whatsappConsent,
    hubspot_owner_id: person.rep.id,
  };
}

function leadStatus({ profile, silent }: Person, random: Random): string | undefined {
  if (hasBought(profile)) return random.chance(0.3) ? 'CONNECTED' : undefined;
  if (silent) return 'NEW';
  if (profile.lifecycle === 'opportunity') return 'OPEN_DEAL';
  return random.weighted({
    OPEN: 30,
    IN_PROGRESS: 30,
    ATTEMPTED_TO_CONTACT: 25,
    CONNECTED: 10,
    BAD_TIMING: 5,
  });
}
