/** What is fetched when its window opens: on its way, failed, or here. */
import { LoadingSpinner, Text } from '@hubspot/ui-extensions';
import { type ReactNode, useState } from 'react';
import { useTranslator } from '../lib/language.ts';

/** @returns what opens the window, and what draws the answer in it. */
export function useFetched<Answer extends object>(
  fetcher: () => Promise<Answer>,
  draw: (answer: Answer) => ReactNode,
): [open: () => void, content: ReactNode] {
  const { t } = useTranslator();
  const [answer, setAnswer] = useState<Answer | boolean>(true);
  const open = () => {
    setAnswer(true);
    fetcher().then(setAnswer, () => setAnswer(false));
  };
  const content =
    typeof answer === 'object' ? (
      draw(answer)
    ) : answer ? (
      <LoadingSpinner label={t('state.loading')} layout="centered" />
    ) : (
      <Text>{t('save.failed')}</Text>
    );
  return [open, content];
}
