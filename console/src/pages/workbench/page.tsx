import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSession } from '../../api/session.ts';
import { Page } from '../../ui/page/page.tsx';
import { useWords } from '../../words/language.tsx';
import { Clock } from './clock.tsx';
import { Faults } from './faults.tsx';
import { Snapshots } from './snapshots.tsx';
import { workbenchWords } from './words.ts';
import './workbench.css';

/** What steers a company under test: faults, clock, kept states. */
export function WorkbenchPage(): ReactNode {
  const say = useWords(workbenchWords);
  const { company } = useParams({ from: '/c/$company' });
  const sandbox = useSession()?.sandbox;
  return (
    <Page title={say('title')} document={say('title')}>
      {sandbox !== undefined && sandbox !== 'on' && (
        <p className="band verdict-warn">{say('closed', { mode: sandbox })}</p>
      )}
      <div className="workbench">
        <Faults company={company} />
        <Clock company={company} />
        <Snapshots company={company} />
      </div>
    </Page>
  );
}
