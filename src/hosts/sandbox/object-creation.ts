/** Checks what a creation says, values and associations, before anything is stored. */
import type { Sql } from '../../ports/sql.ts';
import { conflict, invalid } from './api-error.ts';
import { associationType } from './association-types.ts';
import { checkedCreation, type Definitions } from './checked-values.ts';
import { parseIds, readObjects, readObjectsBy } from './object-store.ts';
import { type ObjectType, objectTypeOf } from './object-types.ts';
import type { NewObject } from './writes.ts';

export interface CreationBody {
  readonly properties: Record<string, string>;
  readonly associations?: readonly {
    readonly to: { readonly id: string };
    readonly types: readonly {
      readonly associationCategory: string;
      readonly associationTypeId: number;
    }[];
  }[];
}

export async function newObjects(
  sql: Sql,
  type: ObjectType,
  definitions: Definitions,
  bodies: readonly CreationBody[],
): Promise<NewObject[]> {
  const values = checkedCreation(
    type,
    definitions,
    bodies.map((body) => body.properties),
  );
  await refuseTakenEmails(
    sql,
    type,
    values.map((value) => ({ email: value['email'] })),
  );
  const inputs = bodies.map((body, index) => ({
    values: values[index] ?? {},
    links: linksOf(type, body),
  }));
  const links = inputs.flatMap((input) => input.links);
  for (const to of new Set(links.map((link) => link.toType))) {
    const ids = [...new Set(links.filter((link) => link.toType === to).map((link) => link.toId))];
    if ((await readObjects(sql, to, ids)).length < ids.length) {
      throw invalid(`Some ${to.name} to associate with do not exist.`);
    }
  }
  return inputs;
}

function linksOf(
  type: ObjectType,
  body: CreationBody,
): { toType: ObjectType; toId: number; typeId: number }[] {
  return (body.associations ?? []).flatMap(({ to, types }) =>
    types.map(({ associationCategory, associationTypeId }) => {
      const known = associationType(associationTypeId);
      const [toId] = parseIds([to.id]);
      if (
        associationCategory !== 'HUBSPOT_DEFINED' ||
        known?.from !== type.name ||
        toId === undefined
      ) {
        throw invalid(
          `Association type ${associationTypeId} does not lead from ${type.name} to ${to.id.slice(0, 40)}.`,
        );
      }
      return { toType: objectTypeOf(known.to), toId, typeId: associationTypeId };
    }),
  );
}

/** Two contacts never share an e-mail address. */
export async function refuseTakenEmails(
  sql: Sql,
  type: ObjectType,
  wanted: readonly { readonly id?: number; readonly email: string | null | undefined }[],
): Promise<void> {
  const emails = wanted.flatMap(({ email }) =>
    email === null || email === undefined ? [] : [email.toLowerCase()],
  );
  if (type.name !== 'contacts' || emails.length === 0) return;
  if (new Set(emails).size < emails.length)
    throw conflict('The same e-mail address is given twice.');
  for (const owner of await readObjectsBy(sql, type, 'email', emails)) {
    const claimed = wanted.find(
      (one) => one.email?.toLowerCase() === owner.properties['email']?.toLowerCase(),
    );
    if (claimed?.id !== owner.id)
      throw conflict(`Contact already exists. Existing ID: ${owner.id}`);
  }
}
