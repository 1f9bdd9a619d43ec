/** What Rapport wrote to this contact, as any workflow or list of the CRM sees it. */
import { DescriptionList, DescriptionListItem } from '../kit/data.tsx';
import { useSandboxLanguage } from './language.ts';
import type { ContactRecord } from './page-api.ts';

export function Scores({ scores }: Pick<ContactRecord, 'scores'>) {
  const { t, zh } = useSandboxLanguage();
  const time = new Intl.DateTimeFormat(zh ? 'zh-CN' : 'en', {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  const written = scores.filter(({ value }) => value !== null && value !== '');
  const shown = (score: (typeof scores)[number]) => {
    const value = score.value ?? '';
    if (score.type === 'datetime' && !Number.isNaN(Date.parse(value))) {
      return time.format(new Date(value));
    }
    const label = (one: string) => score.options.find((o) => o.value === one)?.label ?? one;
    return score.options.length === 0
      ? value
      : value
          .split(';')
          .map(label)
          .join(zh ? '、' : ', ');
  };
  return (
    <section className="crm-panel">
      <h2>{t('scores')}</h2>
      {written.length === 0 ? <p className="crm-muted">{t('scores.none')}</p> : null}
      <div className="crm-scores">
        <DescriptionList>
          {written.map((score) => (
            <DescriptionListItem key={score.name} label={score.label}>
              {shown(score)}
            </DescriptionListItem>
          ))}
        </DescriptionList>
      </div>
    </section>
  );
}
