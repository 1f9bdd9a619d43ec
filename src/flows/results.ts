/** What the advice is worth, per account: estimates from the past, and how channels do per segment. */
import type { ModelReport } from '../models/portal-models.ts';
import type { FlowContext } from './context.ts';

export interface TenantResults {
  readonly id: string;
  readonly name: string;
  readonly model: { readonly version: string; readonly trainedAt: string } | null;
  /** `null` = not trained yet, or trained on too few touches to judge. */
  readonly policy: ModelReport['policy'];
  readonly effectiveness: ModelReport['effectiveness'];
  /** Share of contacts held out now, and what the months so far show. */
  readonly holdoutShare: number;
  readonly uplift: ModelReport['uplift'];
  /** Next-offer rules on later purchases; `null` = too few. */
  readonly offers: ModelReport['offers'];
  /** What goes together with satisfaction, and the figures of the last 90 days; `null` = not computed yet. */
  readonly satisfaction: ModelReport['satisfaction'] | null;
  readonly kpis: ModelReport['kpis'] | null;
}

export async function readResults({ store }: Pick<FlowContext, 'store'>): Promise<{
  tenants: TenantResults[];
}> {
  const tenants = await store.tenants.all();
  return {
    tenants: await Promise.all(
      tenants.map(async ({ id, name, settings }): Promise<TenantResults> => {
        const model = await store.models.summary(id);
        // Reports of models trained before these parts existed lack them.
        const report = model?.report as Partial<ModelReport> | undefined;
        return {
          id,
          name,
          model:
            model === null
              ? null
              : { version: model.version, trainedAt: model.trainedAt.toISOString() },
          policy: report?.policy ?? null,
          effectiveness: report?.effectiveness ?? null,
          holdoutShare: settings.holdout.share,
          uplift: report?.uplift ?? null,
          offers: report?.offers ?? null,
          satisfaction: report?.satisfaction ?? null,
          kpis: report?.kpis ?? null,
        };
      }),
    ),
  };
}
