/** Which model answers, how it was judged, and whether writes are frozen. */
import { Alert, Flex, Heading, Text } from '@hubspot/ui-extensions';
import type { PageModel } from '../generated/settings-contract.ts';
import type { PageWords } from '../SettingsPage.tsx';

interface Props {
  readonly model: PageModel | null;
  readonly zone: string;
  readonly words: PageWords;
}

export function Model({ model, zone, words }: Props) {
  const { t, word, time, count } = words;
  if (model === null)
    return (
      <Flex direction="column" gap="xs" testId="model">
        <Heading>{t('model.title')}</Heading>
        <Text>{t('model.none')}</Text>
      </Flex>
    );
  const { version, trainedAt, touches, verdict, frozen, alarms } = model;
  const said = [
    t('model.version', { version, when: time(trainedAt, zone) }),
    touches === null ? null : t('model.touches', { n: count(touches) }),
  ];
  return (
    <Flex direction="column" gap="xs" testId="model">
      <Heading>{t('model.title')}</Heading>
      {frozen === null ? null : (
        <Alert
          variant="warning"
          title={t(`model.frozen.${frozen.by}`, { fields: frozen.fields.join(', ') })}
        />
      )}
      <Text>{said.filter((part) => part !== null).join(' · ')}</Text>
      {verdict === null ? null : <Text>{word('verdict', verdict)}</Text>}
      <Text variant="microcopy">
        {alarms.length === 0 ? t('model.calm') : t('model.alarms', { fields: alarms.join(', ') })}
      </Text>
    </Flex>
  );
}
