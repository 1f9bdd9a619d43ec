/** The console: what Rapport is doing for each connected account. Mantine without inline styles. */
import '@mantine/core/styles.css';
import './console.css';
import { Anchor, Container, createTheme, Group, MantineProvider, Text } from '@mantine/core';
import { Link, Route, Routes, useLocation } from 'react-router';
import { useConsoleLanguage } from './language.ts';
import { Overview } from './Overview.tsx';
import { TopicsPage } from './TopicsPage.tsx';

/** The colours themselves stand in console.css, because inline style sheets may be forbidden. */
const theme = createTheme({ primaryColor: 'teal', primaryShade: 9, fontFamily: 'var(--font)' });

const PAGES = [
  { path: '/console', key: 'overview' },
  { path: '/console/topics', key: 'topics' },
] as const;

export default function Console() {
  const { t, to, zh } = useConsoleLanguage();
  const { pathname } = useLocation();
  return (
    <MantineProvider theme={theme} withCssVariables={false} withGlobalClasses={false}>
      <header className="console-bar">
        <Container size="lg">
          <Group justify="space-between" py="sm" gap="xs">
            <Group gap="lg" component="nav" aria-label={t('title')}>
              <Text fw={650} size="md">
                {t('title')}
              </Text>
              {PAGES.map(({ path, key }) => (
                <Anchor
                  key={path}
                  size="sm"
                  component={Link}
                  to={to(path)}
                  aria-current={pathname === path ? 'page' : undefined}
                  className="console-page"
                >
                  {t(key)}
                </Anchor>
              ))}
            </Group>
            <Group gap="lg">
              <Anchor size="sm" href={to('/sandbox')}>
                {t('sandbox')}
              </Anchor>
              <Anchor
                size="sm"
                component={Link}
                to={zh ? pathname : `${pathname}?lang=zh-cn`}
                lang={zh ? 'en' : 'zh-CN'}
              >
                {t('language')}
              </Anchor>
            </Group>
          </Group>
        </Container>
      </header>
      <Container size="lg" py="lg" component="main">
        <Routes>
          <Route path="topics" element={<TopicsPage />} />
          <Route path="*" element={<Overview />} />
        </Routes>
      </Container>
    </MantineProvider>
  );
}
