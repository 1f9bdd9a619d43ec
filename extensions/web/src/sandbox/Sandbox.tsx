/** The sandbox CRM: its frame around the list of contacts and the record page. */
import { Link, Route, Routes, useLocation } from 'react-router';
import '../kit/kit.css';
import './sandbox.css';
import { AppPage } from './AppPage.tsx';
import { ContactsPage } from './ContactsPage.tsx';
import { useSandboxLanguage } from './language.ts';
import { RecordPage } from './RecordPage.tsx';

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
          <Route path="app" element={<AppPage key="app" place="app" />} />
          <Route path="settings" element={<AppPage key="settings" place="settings" />} />
        </Routes>
      </main>
      <footer className="crm-foot">{t('footer')}</footer>
    </div>
  );
}
