import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import type { FieldLine } from '../../../../src/sandbox/operations/contract.ts';
import { Empty } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import {
  fieldTree,
  isLeaf,
  matching,
  shownValue,
  typedValue,
  valueAt,
  withValue,
  type FieldNode,
  type Place,
} from './fields.ts';
import { tryWords } from './words.ts';

/** A form made from what the contract says of the members of a body. It and the body are one state. */
export function FieldsForm({
  fields,
  body,
  change,
}: {
  readonly fields: readonly FieldLine[];
  readonly body: unknown;
  readonly change: (body: unknown) => void;
}): ReactNode {
  const say = useWords(tryWords);
  const [filter, setFilter] = useState('');
  const tree = useMemo(() => fieldTree(fields), [fields]);
  const shown = matching(tree, filter);
  const set = (place: Place, value: unknown): void => {
    change(withValue(body, place, value));
  };
  return (
    <div className="stack">
      <Input
        aria-label={say('filter')}
        placeholder={say('filter')}
        value={filter}
        allowClear
        onChange={(event) => {
          setFilter(event.target.value);
        }}
      />
      {shown === null ? <Empty>{say('noField')}</Empty> : <Node node={shown} place={[]} body={body} set={set} />}
      <p className="small quiet">{say('emptyHint')}</p>
    </div>
  );
}

interface NodeProps {
  readonly node: FieldNode;
  readonly place: Place;
  readonly body: unknown;
  readonly set: (place: Place, value: unknown) => void;
}

function Node(props: NodeProps): ReactNode {
  const { node, place } = props;
  if (node.item !== null) return <Entries {...props} item={node.item} />;
  return (
    <div className="try-fields">
      {node.members.map((member) => {
        const inner = { ...props, node: member, place: [...place, member.name] };
        if (isLeaf(member) && member.field !== null) return <Leaf key={member.name} {...inner} field={member.field} />;
        return (
          <fieldset key={member.name} className="try-group">
            <legend className="code">{member.name}</legend>
            <Node {...inner} />
          </fieldset>
        );
      })}
    </div>
  );
}

function Entries({ node, item, place, body, set }: NodeProps & { readonly item: FieldNode }): ReactNode {
  const say = useWords(tryWords);
  const list = valueAt(body, place);
  const count = Array.isArray(list) ? list.length : 0;
  const most = node.field?.limits['maxItems'];
  return (
    <div className="stack-tight">
      {Array.from({ length: count }, (_, index) => {
        const name = `${node.name}[${String(index)}]`;
        return (
          <fieldset key={index} className="try-group try-entry">
            <legend className="code">{name}</legend>
            <Node node={item} place={[...place, index]} body={body} set={set} />
            <Button
              size="small"
              type="text"
              className="try-remove"
              icon={<DeleteOutlined />}
              aria-label={say('remove', { name })}
              onClick={() => {
                set([...place, index], undefined);
              }}
            />
          </fieldset>
        );
      })}
      <Button
        size="small"
        className="try-add"
        icon={<PlusOutlined />}
        disabled={typeof most === 'number' && count >= most}
        onClick={() => {
          set([...place, count], {});
        }}
      >
        {say('add', { name: node.name === '' ? '[]' : node.name })}
      </Button>
    </div>
  );
}

function Leaf({ node, field, place, body, set }: NodeProps & { readonly field: FieldLine }): ReactNode {
  const say = useWords(tryWords);
  const value = valueAt(body, place);
  const choices = field.enum ?? (isYesOrNo(field) ? [true, false] : null);
  const label = (one: string | number | boolean): string =>
    typeof one === 'boolean' ? say(one ? 'yes' : 'no') : String(one);
  return (
    <label className="try-leaf">
      <span className="try-leaf-head">
        <code>{node.name}</code>
        <span className="small quiet">
          {field.required && `${say('required')} · `}
          {limitsOf(field)}
        </span>
      </span>
      {choices === null ? (
        <Typed
          field={field}
          path={pathOf(place)}
          value={value}
          change={(next) => {
            set(place, next);
          }}
        />
      ) : (
        <Select
          aria-label={pathOf(place)}
          allowClear
          value={value === undefined ? null : shownValue(value)}
          options={choices.map((one) => ({ value: String(one), label: label(one) }))}
          onChange={(text: string | null | undefined) => {
            set(
              place,
              choices.find((one) => String(one) === text),
            );
          }}
        />
      )}
    </label>
  );
}

/** What is typed stays as it was typed while it means what the body has. */
function Typed({
  field,
  path,
  value,
  change,
}: {
  readonly field: FieldLine;
  readonly path: string;
  readonly value: unknown;
  readonly change: (value: unknown) => void;
}): ReactNode {
  const say = useWords(tryWords);
  const [text, setText] = useState('');
  const isSame = JSON.stringify(typedValue(field, text)) === JSON.stringify(value);
  return (
    <Input
      aria-label={path}
      placeholder={field.types.includes('array') ? say('list') : undefined}
      value={isSame ? text : shownValue(value)}
      spellCheck={false}
      onChange={(event) => {
        setText(event.target.value);
        change(typedValue(field, event.target.value));
      }}
    />
  );
}

function isYesOrNo({ types }: FieldLine): boolean {
  return types.includes('boolean') && types.every((type) => type === 'boolean' || type === 'null');
}

/** Names a place as it is written, e.g. `update_items[0].fieldid`. */
function pathOf(place: Place): string {
  return place.reduce<string>(
    (path, key) => (typeof key === 'number' ? `${path}[${String(key)}]` : path === '' ? key : `${path}.${key}`),
    '',
  );
}

type Limit = number | string | undefined;

/** The types and the limits of a member, short. */
function limitsOf({ types, limits }: FieldLine): string {
  const { minLength, maxLength, minimum, maximum, maxItems } = limits;
  const range = (least: Limit, most: Limit): string =>
    least !== undefined && most !== undefined
      ? `${String(least)}–${String(most)}`
      : most !== undefined
        ? `≤ ${String(most)}`
        : least !== undefined && least !== 0
          ? `≥ ${String(least)}`
          : '';
  return [
    types.filter((type) => type !== 'null').join(' | '),
    range(minLength, maxLength),
    range(minimum, maximum),
    range(undefined, maxItems),
  ]
    .filter((part) => part !== '')
    .join(' ');
}
