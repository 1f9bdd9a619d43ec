/** The sandbox CRM: its frame around the lists and the record pages. */
import { Link, Route, Routes, useLocation } from 'react-router';
import '../kit/kit.css';
import './sandbox.css';
import { AppPage } from './AppPage.tsx';
import { ContactsPage } from './ContactsPage.tsx';
import { useSandboxLanguage } from './language.ts';
import { ObjectPage } from './ObjectPage.tsx';
import { ObjectsPage } from './ObjectsPage.tsx';
import { RecordPage } from './RecordPage.tsx';

const TYPES = ['companies', 'deals', 'tickets'] as const;

export default function Sandbox() {
  const { t, to, zh } = useSandboxLanguage();
  const { pathname } = useLocation();
  return (
    <div className="crm">
      <header className="crm-bar">
        <Link className="crm-bar__name" to={to('/sandbox')}>
          {t('product')}
        </Link>
        <nav className="crm-bar__nav" aria-label={t('product')}>
          <Link to={to('/sandbox')}>{t('contacts')}</Link>
          {TYPES.map((type) => (
            <Link key={type} to={to(`/sandbox/${type}`)}>
              {t(type)}
            </Link>
          ))}
          <Link to={to('/sandbox/app')}>{t('app')}</Link>
          <Link to={to('/sandbox/settings')}>{t('settings')}</Link>
          <a href={to('/console')}>{t('console')}</a>
          <Link to={zh ? pathname : `${pathname}?lang=zh-cn`} lang={zh ? 'en' : 'zh-CN'}>
            {t('language')}
          </Link>
        </nav>
      </header>
      <main className="crm-main">
        <Routes>
          <Route index element={<ContactsPage />} />
          <Route path="contacts/:id" element={<RecordPage />} />
          {TYPES.map((type) => (
            <Route key={type} path={type}>
              <Route index element={<ObjectsPage type={type} />} />
              <Route path=":id" element={<ObjectPage type={type} />} />
            </Route>
          ))}
          <Route path="app" element={<AppPage key="app" place="app" />} />
          <Route path="settings" element={<AppPage key="settings" place="settings" />} />
        </Routes>
      </main>
      <footer className="crm-foot">{t('footer')}</footer>
    </div>
  );
}
