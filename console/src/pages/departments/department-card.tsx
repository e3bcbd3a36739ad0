import { Link } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import type { DepartmentRow } from '../../../../src/http/admin/people/contract.ts';
import type { DepartmentChange } from '../../api/department-calls.ts';
import { visible } from '../../ui/code/visible.ts';
import { ConfirmButton } from '../../ui/confirm/confirm-button.tsx';
import { usePlatformName } from '../../ui/platform/platform.tsx';
import { useWords } from '../../words/language.tsx';
import { departmentWords } from './words.ts';

/** One department: what it is, and what can be done to it by keyboard. */
export function DepartmentCard({
  company,
  department,
  departments,
  canChange,
  change,
}: {
  readonly company: string;
  readonly department: DepartmentRow;
  readonly departments: readonly DepartmentRow[];
  readonly canChange: boolean;
  readonly change: (wanted: DepartmentChange) => Promise<void>;
}): ReactNode {
  const say = useWords(departmentWords);
  const { id } = department;
  const [name, setName] = useState(department.name);
  const [parent, setParent] = useState(department.parent ?? '');
  const [below, setBelow] = useState('');
  const isRoot = department.parent === null;
  return (
    <article className="card stack">
      <header className="spread wrap">
        <h2>{visible(department.name)}</h2>
        <Link to="/c/$company/people" params={{ company }} search={{ department: id }}>
          {say('seePeople')}
        </Link>
      </header>
      <Facts department={department} />
      {!isRoot && (
        <>
          <Line
            label={say('name')}
            action={say('rename')}
            disabled={!canChange || name.trim() === '' || name === department.name}
            act={() => change({ kind: 'rename', department: id, name })}
          >
            <Input
              aria-label={say('name')}
              value={name}
              onChange={(event) => {
                setName(event.target.value);
              }}
            />
          </Line>
          <Line
            label={say('parent')}
            action={say('move')}
            disabled={!canChange || parent === department.parent}
            act={() => change({ kind: 'move', department: id, parent })}
          >
            <Select
              aria-label={say('parent')}
              value={parent}
              showSearch={{ optionFilterProp: 'label' }}
              options={departments
                .filter((one) => one.id !== id)
                .map((one) => ({ value: one.id, label: visible(one.name) }))}
              onChange={setParent}
            />
          </Line>
        </>
      )}
      <Line
        label={say('below')}
        action={say('create')}
        disabled={!canChange || below.trim() === ''}
        act={async () => {
          await change({ kind: 'create', parent: id, name: below.trim() });
          setBelow('');
        }}
      >
        <Input
          aria-label={say('below')}
          value={below}
          onChange={(event) => {
            setBelow(event.target.value);
          }}
        />
      </Line>
      {!isRoot && (
        <div>
          <ConfirmButton
            ask={say('removeAsk', { name: visible(department.name) })}
            confirm={say('remove')}
            disabled={!canChange}
            act={() => change({ kind: 'remove', department: id })}
          >
            {say('remove')}
          </ConfirmButton>
        </div>
      )}
    </article>
  );
}

function Line({
  label,
  action,
  disabled,
  act,
  children,
}: {
  readonly label: string;
  readonly action: string;
  readonly disabled: boolean;
  readonly act: () => Promise<void>;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <form
      className="departments-line"
      onSubmit={(event) => {
        event.preventDefault();
        if (!disabled) void act();
      }}
    >
      <span>{label}</span>
      {children}
      <Button htmlType="submit" disabled={disabled}>
        {action}
      </Button>
    </form>
  );
}

function Facts({ department }: { readonly department: DepartmentRow }): ReactNode {
  const say = useWords(departmentWords);
  const platformName = usePlatformName();
  // An id space is named by its platform and by what the platform calls the id.
  const spaceOf = (space: string): string => {
    const [platform = '', ...id] = space.split('.');
    return `${platformName(platform)} ${id.join('.')}`;
  };
  const { code, leaders, people, people_below: below, ids } = department;
  const rows = [
    [say('people'), people === below ? String(people) : say('peopleOf', { own: people, below })],
    [say('code'), code === '' ? say('none') : code],
    [say('leaders'), leaders.map(({ name }) => visible(name)).join(', ') || say('none')],
  ] as const;
  return (
    <dl className="departments-facts">
      {rows.map(([term, value]) => (
        <div key={term}>
          <dt className="small quiet">{term}</dt>
          <dd>{visible(value)}</dd>
        </div>
      ))}
      {Object.entries(ids).map(([space, value]) => (
        <div key={space}>
          <dt className="small quiet">{spaceOf(space)}</dt>
          <dd className="code small">{visible(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
