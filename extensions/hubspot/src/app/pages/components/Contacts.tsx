/** Whom to reach in the next 24 hours: channel, time in their zone, chance beside the usual rate. */
import {
  Flex,
  Heading,
  Link,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from '@hubspot/ui-extensions';
import type { TeamContact } from '../generated/team-contract.ts';
import { percent } from '../generated/words.ts';
import type { PageWords } from '../TeamPage.tsx';

interface Props {
  readonly contacts: readonly TeamContact[];
  readonly words: PageWords;
}

export function Contacts({ contacts, words }: Props) {
  const { t, word, time } = words;
  return (
    <Flex direction="column" gap="sm" testId="contacts">
      <Heading>{t('contacts.title')}</Heading>
      {contacts.length === 0 ? (
        <Text>{t('contacts.none')}</Text>
      ) : (
        <>
          <Text variant="microcopy">{t('contacts.help')}</Text>
          <Table density="compact">
            <TableHead>
              <TableRow>
                <TableHeader>{t('contacts.who')}</TableHeader>
                <TableHeader>{t('contacts.how')}</TableHeader>
                <TableHeader>{t('contacts.when')}</TableHeader>
                <TableHeader>{t('contacts.chance')}</TableHeader>
                <TableHeader>{t('contacts.evidence')}</TableHeader>
              </TableRow>
            </TableHead>
            <TableBody>
              {contacts.map((one) => (
                <TableRow key={one.id}>
                  <TableCell>
                    <Link href={{ url: one.url, external: true }}>{one.name || one.id}</Link>
                  </TableCell>
                  <TableCell>{word('channel', one.channel)}</TableCell>
                  <TableCell>{time(one.from, one.timeZone)}</TableCell>
                  <TableCell>
                    {t('contacts.rate', {
                      chance: percent(one.chance),
                      usual: percent(one.usual),
                    })}
                  </TableCell>
                  <TableCell>{word('evidence', one.evidence)}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </>
      )}
    </Flex>
  );
}
