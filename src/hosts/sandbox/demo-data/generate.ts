/** The demo portal as a stream: the same seed gives the same portal, to the byte. */
import { CATALOGUE } from './catalogue.ts';
import { writeContact } from './contacts.ts';
import { type Company, drawCompany, drawPerson, duplicateOf, type Person } from './people.ts';
import { PortalWriter } from './portal-writer.ts';
import { type DemoLanguage, FIELD_WEIGHTS } from './profile.ts';
import { Random } from './random.ts';
import { type ReplyDraw, ReplyModel } from './reply-model.ts';
import type { DemoBatch, DemoOptions } from './types.ts';

export { DEMO_PORTAL } from './portal.ts';
export { DEMO_PROPERTIES } from './properties.ts';
export type {
  ContactTruth,
  DemoAssociation,
  DemoBatch,
  DemoObject,
  DemoObjectType,
  DemoOptions,
  DemoTruth,
  TextTruth,
} from './types.ts';

/** Contacts per yielded batch. */
export const BATCH_CONTACTS = 200;
const CONTACTS_PER_COMPANY = 4;
const DAY = 86_400_000;
const COMPANY_STREAM = 1;
const CONTACT_STREAM = 2;

interface Drawn {
  readonly person: Person;
  readonly draw: ReplyDraw;
}

/** Batches of contacts with all that hangs on them; the first also brings the products. */
export function* generatePortal({ contacts, seed, now }: DemoOptions): Generator<DemoBatch> {
  const writer = new PortalWriter(now);
  const model = new ReplyModel(seed);
  writeProducts(writer);
  for (let first = 0; first < contacts; first += BATCH_CONTACTS) {
    const size = Math.min(BATCH_CONTACTS, contacts - first);
    const companies = writeCompanies(writer, new Random(seed, COMPANY_STREAM, first), size);
    let previous: Drawn | null = null;
    for (let index = first; index < first + size; index++) {
      const random = new Random(seed, CONTACT_STREAM, index);
      const twin: Drawn | null = previous !== null && random.chance(0.012) ? previous : null;
      const person: Person =
        twin === null
          ? newPerson(index, companies, random)
          : duplicateOf(twin.person, index, random);
      const draw: ReplyDraw = twin?.draw ?? model.draw(person.profile, random);
      writeContact(writer, person, model, draw, random);
      previous = { person, draw };
    }
    yield writer.flush();
  }
  if (contacts <= 0) yield writer.flush();
}

function newPerson(index: number, companies: Companies, random: Random): Person {
  const language = random.weighted(FIELD_WEIGHTS.language);
  const pool = companies[language];
  const employer = random.chance(0.94)
    ? pool[Math.floor(random.next() ** 1.5 * pool.length)]
    : undefined;
  return drawPerson(index, language, employer ?? null, random);
}

type Companies = Readonly<Record<DemoLanguage, readonly Company[]>>;

function writeCompanies(writer: PortalWriter, random: Random, contacts: number): Companies {
  const companies: Record<DemoLanguage, Company[]> = { en: [], zh: [] };
  const count = Math.max(1, Math.round(contacts / CONTACTS_PER_COMPANY));
  for (let i = 0; i < count; i++) {
    const language = random.weighted(FIELD_WEIGHTS.language);
    const company = drawCompany(writer.reserve('companies'), language, random);
    companies[language].push(company);
    const createdMs = writer.nowMs - random.between(560, 1500) * DAY;
    writer.add(
      'companies',
      {
        name: company.name,
        domain: company.domain,
        industry: company.industry,
        city: company.place.city,
        country: company.place.country,
        numberofemployees: String(company.employees),
        lifecyclestage: random.weighted({ customer: 70, opportunity: 18, lead: 12 }),
        hubspot_owner_id: company.rep.id,
      },
      createdMs,
      createdMs + random.next() * (writer.nowMs - createdMs),
      company.id,
    );
  }
  return companies;
}

function writeProducts(writer: PortalWriter): void {
  const createdMs = writer.nowMs - 1600 * DAY;
  for (const { id, name, sku, price } of CATALOGUE) {
    writer.add(
      'products',
      { name, hs_sku: sku, price: price.toFixed(2) },
      createdMs,
      createdMs,
      id,
    );
  }
}
