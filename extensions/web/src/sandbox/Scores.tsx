/** What Rapport wrote to this record, as any workflow or list of the CRM sees it. */
import { DescriptionList, DescriptionListItem } from '../kit/data.tsx';
import { useSandboxLanguage } from './language.ts';
import type { ContactRecord } from './page-api.ts';
import { usePropertyLanguage } from './property-language.ts';

export function Scores({ scores }: Pick<ContactRecord, 'scores'>) {
  const { t } = useSandboxLanguage();
  const said = usePropertyLanguage();
  const written = scores.filter(({ value }) => value !== null && value !== '');
  return (
    <section className="crm-panel">
      <h2>{t('scores')}</h2>
      {written.length === 0 ? <p className="crm-muted">{t('scores.none')}</p> : null}
      <div className="crm-scores">
        <DescriptionList>
          {written.map((score) => (
            <DescriptionListItem key={score.name} label={said.label(score)}>
              {said.value(score, score.value ?? '')}
            </DescriptionListItem>
          ))}
        </DescriptionList>
      </div>
    </section>
  );
}
