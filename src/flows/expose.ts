/** Puts every score on its side of the holdout, and says what is to be logged of it. */
import type { ContactScore } from '../core/score.ts';
import type { Tenant } from '../core/tenant.ts';
import type { ContactFacts } from '../features/facts.ts';
import { scoreText } from '../models/contact-score.ts';
import { drawnOut, isUrgent, withHoldout } from '../models/holdout.ts';
import type { PortalModels } from '../models/portal-models.ts';
import type { Exposure } from '../ports/score-store.ts';

/** The score as it may be shown in this period. */
export function onItsSide(
  tenant: Tenant,
  models: PortalModels,
  { contact, tickets }: ContactFacts,
  score: ContactScore,
  period: string,
): ContactScore {
  const { share } = tenant.settings.holdout;
  const urgent = tickets.some(
    (t) =>
      t.open &&
      isUrgent(t, scoreText(models, { subject: t.subject, text: t.text }, []).urgency?.label),
  );
  return withHoldout(score, drawnOut(tenant.id, contact.id, period, share), share, urgent);
}

/** Both sides of the holdout are logged, each with what it was, or would have been, advised. */
export const exposuresOf = (
  scored: readonly { readonly id: string; readonly data: ContactScore }[],
  period: string,
  at: Date,
): Exposure[] =>
  scored.flatMap(({ id, data }) => {
    const best = data.reach?.ranked[0];
    if (data.heldOut === null) return [];
    return [
      {
        contactId: id,
        period,
        arm: data.heldOut ? 'holdout' : 'shown',
        channel: best?.channel ?? null,
        dayPart: best?.dayPart ?? null,
        chance: best?.chance ?? null,
        propensity: data.reach?.choice?.propensity ?? 1,
        modelVersion: data.modelVersion,
        at,
      },
    ];
  });
