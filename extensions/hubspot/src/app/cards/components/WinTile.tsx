/** The chance of winning beside the usual rate, what the deal is worth by it, and how long it has been silent. */
import { Box, Heading, StatusTag, Tag, Text, Tile } from '@hubspot/ui-extensions';
import type { DealCard } from '../generated/card-contract.ts';
import { days, money, percent } from '../lib/format.ts';
import { useTranslator } from '../lib/language.ts';
import { Column, Row, Small } from './layout.tsx';

interface Props {
  readonly card: DealCard;
}

export function WinTile({ card }: Props) {
  const translator = useTranslator();
  const { t, of, locale } = translator;
  const number = new Intl.NumberFormat(locale);
  const { win } = card;
  return (
    <Tile compact testId="win">
      <Column>
        <Small>{t('deal.win')}</Small>
        {win === null ? (
          <Text>{t('deal.unknown')}</Text>
        ) : (
          <>
            <Row>
              <Heading>{`${percent(win.chance)}%`}</Heading>
              <Tag>{of('deal.band', win.band)}</Tag>
            </Row>
            <Text>
              {`${t('deal.likely', { low: percent(win.low), high: percent(win.high) })} · ${t('deal.usual', { usual: percent(win.usual) })}`}
            </Text>
            <Small>
              {t('deal.basis', { won: number.format(win.won), lost: number.format(win.lost) })}
            </Small>
            {win.better === true ? null : (
              <Small testId="judged">
                {t(win.better === false ? 'deal.not_better' : 'deal.unjudged')}
              </Small>
            )}
          </>
        )}
        {card.expectedValue === null ? null : (
          <Text>
            {t('deal.expected', {
              amount: money(translator, card.expectedValue, card.deal.currency || 'EUR'),
            })}
          </Text>
        )}
        <Silence card={card} />
      </Column>
    </Tile>
  );
}

function Silence({ card: { silentDays, stalledAfterDays, stalled } }: Props) {
  const translator = useTranslator();
  const { t } = translator;
  if (silentDays === null) return null;
  const silent = days(translator, silentDays);
  return (
    <>
      {stalled === null ? null : (
        <Box>
          <StatusTag variant={stalled ? 'warning' : 'success'} hollow>
            {t(stalled ? 'deal.stalled' : 'deal.moving')}
          </StatusTag>
        </Box>
      )}
      <Small testId="silence">
        {stalledAfterDays === null
          ? t('deal.silent.only', { days: silent })
          : t('deal.silent', { days: silent, limit: days(translator, stalledAfterDays) })}
      </Small>
    </>
  );
}
