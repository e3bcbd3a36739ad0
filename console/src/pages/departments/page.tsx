import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Tree } from 'antd';
import { useRef, type ReactNode } from 'react';
import type { DepartmentRow } from '../../../../src/http/admin/people/contract.ts';
import type { WholeRequestView } from '../../../../src/sandbox/journal/contract.ts';
import { overviewQuery } from '../../api/company-queries.ts';
import { changeDepartment, DEPARTMENT_PLATFORM, type DepartmentChange } from '../../api/department-calls.ts';
import { departmentsQuery } from '../../api/people-queries.ts';
import { useMayWrite } from '../../api/session.ts';
import { CallResult } from '../../ui/calls/call-result.tsx';
import { visible } from '../../ui/code/visible.ts';
import { Page } from '../../ui/page/page.tsx';
import { useOpenTree } from '../../ui/people/open-tree.tsx';
import { NoSending, useMaySend } from '../../ui/state/sandbox-off.tsx';
import { Failure, Loading } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { DepartmentCard } from './department-card.tsx';
import { departmentWords } from './words.ts';
import './departments.css';

/** The departments of a company: created, renamed, moved and removed by the calls of a platform. */
export function DepartmentsPage(): ReactNode {
  const say = useWords(departmentWords);
  const { company } = useParams({ from: '/c/$company' });
  const { at } = useSearch({ from: '/c/$company/departments' });
  const navigate = useNavigate({ from: '/c/$company/departments' });
  const queries = useQueryClient();
  const mayWrite = useMayWrite();
  const maySend = useMaySend();
  const { data, error, refetch } = useQuery(departmentsQuery(company));
  const platforms = useQuery(overviewQuery(company)).data?.platforms;
  const app = platforms?.find(({ name }) => name === DEPARTMENT_PLATFORM)?.apps.find(({ enabled }) => enabled)?.key;
  const change = useMutation({
    mutationFn: (wanted: DepartmentChange) => changeDepartment(queries, company, app ?? '', wanted),
  });
  const departments = data?.departments ?? [];
  const chosen = departments.find(({ id }) => id === at) ?? departments[0];
  const canChange = mayWrite && maySend && app !== undefined && !change.isPending;
  return (
    <Page title={say('title')} document={say('title')}>
      {mayWrite && !maySend ? (
        <NoSending />
      ) : (
        <p className="quiet">
          {!mayWrite ? say('readOnly') : platforms !== undefined && app === undefined ? say('noApp') : say('how')}
        </p>
      )}
      {error !== null && <Failure what={say('failed')} error={error} retry={() => void refetch()} />}
      {data === undefined ? (
        error === null && <Loading rows={12} />
      ) : (
        <div className="departments">
          <section className="card departments-tree" aria-label={say('title')}>
            <DepartmentTree
              departments={departments}
              chosen={chosen?.id}
              canMove={canChange}
              choose={(id) => void navigate({ search: { at: id } })}
              move={(department, parent) => {
                change.mutate({ kind: 'move', department, parent });
              }}
            />
          </section>
          <div className="stack">
            <div role="status">
              {change.error !== null && <Failure what={say('changeFailed')} error={change.error} />}
              {change.data !== undefined && <Outcome company={company} call={change.data} />}
            </div>
            {chosen === undefined ? (
              <p className="quiet">{say('choose')}</p>
            ) : (
              <DepartmentCard
                key={`${chosen.id} ${chosen.name} ${chosen.parent ?? ''}`}
                company={company}
                department={chosen}
                departments={departments}
                canChange={canChange}
                change={async (wanted) => {
                  await change.mutateAsync(wanted).catch(() => undefined);
                }}
              />
            )}
          </div>
        </div>
      )}
    </Page>
  );
}

/** How the last change ended, in the platform's words where it refused. */
function Outcome({ company, call }: { readonly company: string; readonly call: WholeRequestView }): ReactNode {
  const say = useWords(departmentWords);
  const reason = call.fields.find(({ verdict }) => verdict === 'refused')?.reason;
  const body: unknown = call.response.body;
  const message = typeof body === 'object' && body !== null && 'msg' in body ? String(body.msg) : '';
  return (
    <p className="row wrap">
      {say(call.outcome === 'ok' ? 'done' : 'refused')} <CallResult call={call} />
      {call.outcome !== 'ok' && <span>{visible(reason ?? message)}</span>}
      <Link to="/c/$company/calls/$id" params={{ company, id: call.id }}>
        {say('see')}
      </Link>
    </p>
  );
}

function DepartmentTree({
  departments,
  chosen,
  canMove,
  choose,
  move,
}: {
  readonly departments: readonly DepartmentRow[];
  readonly chosen: string | undefined;
  readonly canMove: boolean;
  readonly choose: (id: string) => void;
  readonly move: (department: string, parent: string) => void;
}): ReactNode {
  const say = useWords(departmentWords);
  const tree = useOpenTree(departments, chosen, { className: 'departments-node', isWhole: true });
  const over = useRef('');
  return (
    <Tree
      aria-label={say('title')}
      blockNode
      {...tree}
      draggable={canMove ? { icon: false } : false}
      selectedKeys={chosen === undefined ? [] : [chosen]}
      onSelect={([key]) => {
        if (key !== undefined) choose(String(key));
      }}
      dropIndicatorRender={() => null}
      onDragEnter={({ node }) => {
        over.current = String(node.key);
      }}
      onDrop={({ dragNode }) => {
        // Onto a department means: below it. The tree itself would take a pointer further left for a place between two.
        const moved = departments.find(({ id }) => id === String(dragNode.key));
        const parent = over.current;
        if (moved !== undefined && parent !== moved.id && parent !== moved.parent) move(moved.id, parent);
      }}
    />
  );
}
