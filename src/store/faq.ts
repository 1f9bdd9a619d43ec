/** The tenant's own answers, and conversations of the chat endpoint. */
import type { ChatStore, FaqEntry, FaqStore } from '../ports/service-store.ts';
import type { SqlClient } from '../ports/sql.ts';
import { toJson } from './rows.ts';

const storable = (text: string): string => text.toWellFormed().replaceAll('\u0000', '');

export function createFaqStore(sql: SqlClient): FaqStore {
  return {
    async all(id) {
      return sql.query<FaqEntry>(
        `SELECT faq_id AS id, language, question, answer, keywords FROM rapport.faq
          WHERE tenant_id = $1 ORDER BY faq_id, language`,
        [id],
      );
    },
    async replace(id, entries) {
      // One statement is one transaction; what stays is updated, because a row may not be deleted and inserted at once.
      await sql.query(
        `WITH incoming AS (
           SELECT * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
             AS f(faq_id, language, question, answer, keywords)),
         gone AS (
           DELETE FROM rapport.faq f WHERE f.tenant_id = $1 AND NOT EXISTS (
             SELECT 1 FROM incoming i WHERE i.faq_id = f.faq_id AND i.language = f.language))
         INSERT INTO rapport.faq (tenant_id, faq_id, language, question, answer, keywords)
         SELECT $1, faq_id, language, question, answer, keywords FROM incoming
         ON CONFLICT (tenant_id, faq_id, language) DO UPDATE
           SET question = excluded.question, answer = excluded.answer, keywords = excluded.keywords`,
        [
          id,
          entries.map((e) => storable(e.id)),
          entries.map((e) => e.language),
          entries.map((e) => storable(e.question)),
          entries.map((e) => storable(e.answer)),
          entries.map((e) => storable(e.keywords)),
        ],
      );
    },
  };
}

export function createChatStore(sql: SqlClient): ChatStore {
  return {
    async get(id, conversationId) {
      const [row] = await sql.query<{ state: unknown }>(
        'SELECT state FROM rapport.chats WHERE tenant_id = $1 AND conversation_id = $2',
        [id, conversationId],
      );
      return row?.state ?? null;
    },
    async put(id, { conversationId, contactId, state }, at) {
      await sql.query(
        `INSERT INTO rapport.chats (tenant_id, conversation_id, contact_id, state, updated_at)
         VALUES ($1, $2, $3, $4::jsonb, $5)
         ON CONFLICT (tenant_id, conversation_id) DO UPDATE
           SET state = excluded.state, updated_at = excluded.updated_at,
               contact_id = coalesce(excluded.contact_id, rapport.chats.contact_id)`,
        [id, conversationId, contactId, toJson(state), at],
      );
    },
    async prune(id, before) {
      await sql.query('DELETE FROM rapport.chats WHERE tenant_id = $1 AND updated_at < $2', [
        id,
        before,
      ]);
    },
  };
}
