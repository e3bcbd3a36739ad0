import { MenuOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { Button, Segmented, Select } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useLive } from '../api/live.ts';
import { sessionQuery } from '../api/session.ts';
import { keepFocus } from '../ui/keys/kept-focus.ts';
import { useTheme } from '../ui/theme/theme.tsx';
import { useLanguage, useWords } from '../words/language.tsx';
import { Dock } from './dock.tsx';
import { KeyHelp, useKeys } from './keys.tsx';
import { Search } from './search.tsx';
import { SessionEnded } from './session-ended.tsx';
import { SignOut } from './sign-out.tsx';
import { Notices } from './notices.tsx';
import { shellWords } from './words.ts';
import './shell.css';

const GROUPS = [
  { title: 'observe', entries: ['overview', 'calls', 'errors', 'doctor'] },
  {
    title: 'company',
    entries: ['people', 'departments', 'history', 'imports', 'file', 'catalogues', 'apps', 'outbox', 'events'],
  },
  { title: 'live', entries: ['targets', 'deliveries'] },
  { title: 'tools', entries: ['try', 'workbench'] },
] as const;

const PATHS = {
  overview: '/c/$company',
  calls: '/c/$company/calls',
  errors: '/c/$company/errors',
  doctor: '/c/$company/doctor',
  people: '/c/$company/people',
  departments: '/c/$company/departments',
  history: '/c/$company/history',
  imports: '/c/$company/imports',
  file: '/c/$company/file',
  outbox: '/c/$company/outbox',
  events: '/c/$company/events',
  catalogues: '/c/$company/catalogues',
  apps: '/c/$company/apps',
  targets: '/c/$company/targets',
  deliveries: '/c/$company/deliveries',
  try: '/c/$company/try',
  workbench: '/c/$company/workbench',
} as const;

/** The frame around the pages of a company: header, navigation and what is on just now. */
export function Shell(): ReactNode {
  const say = useWords(shellWords);
  const { company } = useParams({ from: '/c/$company' });
  const [isMenuOpen, setMenuOpen] = useState(false);
  useKeys(company);
  useEffect(() => keepFocus(), []);
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {say('skip')}
      </a>
      <header className="shell-head">
        <Button
          className="shell-menu"
          type="text"
          icon={<MenuOutlined />}
          aria-label={say('menu')}
          aria-expanded={isMenuOpen}
          onClick={() => {
            setMenuOpen(!isMenuOpen);
          }}
        />
        <Link to="/c/$company" params={{ company }} className="shell-name">
          {say('console')}
        </Link>
        <CompanyChoice company={company} />
        <Search key={company} company={company} />
        <div className="grow" />
        <LiveRate company={company} />
        <Preferences />
      </header>
      <nav className={isMenuOpen ? 'shell-nav shell-nav-open' : 'shell-nav'} aria-label={say('pages')}>
        {GROUPS.map(({ title, entries }) => (
          <section key={title}>
            <p className="shell-group">{say(title)}</p>
            <ul>
              {entries.map((entry) => (
                <li key={entry}>
                  <Link
                    to={PATHS[entry]}
                    params={{ company }}
                    className="shell-link"
                    activeOptions={{ exact: entry === 'overview' }}
                    onClick={() => {
                      setMenuOpen(false);
                    }}
                  >
                    {say(entry)}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <main id="content" className="shell-main">
        <Notices company={company} />
        <Outlet />
      </main>
      <Dock key={company} company={company} />
      <KeyHelp />
      <SessionEnded />
    </div>
  );
}

function CompanyChoice({ company }: { readonly company: string }): ReactNode {
  const say = useWords(shellWords);
  const navigate = useNavigate();
  const { data } = useQuery(sessionQuery);
  const companies = data?.companies ?? [];
  const own = companies.find(({ key }) => key === company);
  if (companies.length < 2) return <span className="shell-company clip">{own?.name ?? company}</span>;
  return (
    <Select
      className="shell-company"
      aria-label={say('choose')}
      value={company}
      showSearch={companies.length >= 8}
      options={companies.map(({ key, name }) => ({ value: key, label: `${name} · ${key}` }))}
      onChange={(key) => void navigate({ to: '/c/$company', params: { company: key } })}
    />
  );
}

function LiveRate({ company }: { readonly company: string }): ReactNode {
  const say = useWords(shellWords);
  const { perSecond, connection } = useLive(company);
  const isLost = connection === 'lost';
  return (
    <span className={isLost ? 'live live-lost' : 'live'}>
      <span aria-hidden="true">{isLost ? '○' : '●'}</span> {isLost ? say('lost') : say('rate', { n: perSecond })}
    </span>
  );
}

function Preferences(): ReactNode {
  const say = useWords(shellWords);
  const { theme, choose } = useTheme();
  const { language, choose: chooseLanguage } = useLanguage();
  const { data } = useQuery(sessionQuery);
  return (
    <>
      {data?.role === 'read' && <span className="verdict verdict-quiet">{say('readOnly')}</span>}
      <Segmented
        size="small"
        aria-label="语言 Language"
        value={language}
        options={[
          { value: 'zh' as const, label: '中' },
          { value: 'en' as const, label: 'EN' },
        ]}
        onChange={chooseLanguage}
      />
      <Button
        type="text"
        icon={theme === 'dark' ? <SunOutlined /> : <MoonOutlined />}
        aria-label={theme === 'dark' ? say('toLight') : say('toDark')}
        onClick={() => {
          choose(theme === 'dark' ? 'light' : 'dark');
        }}
      />
      <SignOut />
    </>
  );
}
