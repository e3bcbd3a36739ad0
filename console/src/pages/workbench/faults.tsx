import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select, Switch } from 'antd';
import { useState, type ReactNode } from 'react';
import type { FaultView } from '../../../../src/sandbox/faults/contract.ts';
import { api } from '../../api/client.ts';
import { faultsQuery } from '../../api/company-queries.ts';
import { useMayWrite } from '../../api/session.ts';
import { visible } from '../../ui/code/visible.ts';
import { usePlatformName } from '../../ui/platform/platform.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { effectText, matchText, platformOfPreset, PRESET_WORDS, ruleWords } from './fault-words.ts';
import { workbenchWords } from './words.ts';

/** The rules by which calls of the company fail: added from presets, switched on and off, removed. */
export function Faults({ company }: { readonly company: string }): ReactNode {
  const say = useWords(workbenchWords);
  const { data, error, refetch } = useQuery(faultsQuery(company));
  return (
    <section className="card stack workbench-wide">
      <h2>{say('faults')}</h2>
      {error !== null && <Failure what={say('faultsFailed')} error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading />}
      {data !== undefined && <NewRule company={company} presets={data.presets} />}
      {data?.faults.length === 0 && <Empty>{say('noFaults')}</Empty>}
      {data !== undefined && data.faults.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{say('rule')}</th>
              <th scope="col">{say('match')}</th>
              <th scope="col">{say('hits')}</th>
              <th scope="col">{say('on')}</th>
              <th scope="col">
                <span className="only-read">{say('remove')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.faults.map((rule) => (
              <Rule key={rule.id} rule={rule} company={company} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function NewRule({ company, presets }: { readonly company: string; readonly presets: readonly string[] }): ReactNode {
  const say = useWords(workbenchWords);
  const mayWrite = useMayWrite();
  const queries = useQueryClient();
  const nameOf = usePresetName();
  const [preset, setPreset] = useState<string | undefined>();
  const [times, setTimes] = useState('');
  const add = useMutation({
    mutationFn: (name: string) =>
      api('faults.add', {
        params: { key: company },
        body: { preset: name, ...(times === '' ? {} : { times: Number(times) }) },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['c', company, 'faults'] }),
  });
  return (
    <>
      <form
        className="row wrap"
        onSubmit={(event) => {
          event.preventDefault();
          if (preset !== undefined) add.mutate(preset);
        }}
      >
        <Select
          className="workbench-preset"
          aria-label={say('preset')}
          placeholder={say('presetChoose')}
          value={preset}
          showSearch={{
            filterOption: (typed, option) => isFound(typed, `${option?.label ?? ''} ${option?.value ?? ''}`),
          }}
          popupMatchSelectWidth={false}
          options={presets.map((name) => ({ value: name, label: nameOf(name) }))}
          optionRender={({ label, value }) => (
            <>
              {label} <span className="code small quiet">{value}</span>
            </>
          )}
          onChange={setPreset}
        />
        <Input
          className="workbench-times"
          inputMode="numeric"
          aria-label={say('times')}
          placeholder={say('times')}
          value={times}
          onChange={(event) => {
            setTimes(event.target.value.replaceAll(/\D/g, ''));
          }}
        />
        <Button
          type="primary"
          htmlType="submit"
          loading={add.isPending}
          disabled={!mayWrite || preset === undefined}
          title={mayWrite ? undefined : say('readOnly')}
        >
          {say('add')}
        </Button>
      </form>
      {add.error !== null && <Failure what={say('addFailed')} error={add.error} />}
    </>
  );
}

/** Returns how a preset is named in the chosen language: its platform, and what it does. */
function usePresetName(): (preset: string) => string {
  const words = useWords(PRESET_WORDS);
  const say = useWords(ruleWords);
  const platformName = usePlatformName();
  return (preset) => {
    const platform = platformOfPreset(preset);
    const known = Object.keys(PRESET_WORDS).find((one): one is keyof typeof PRESET_WORDS => one === preset);
    const text = known === undefined ? preset : words(known);
    return `${platform === null ? say('anyPlatform') : platformName(platform)} · ${text}`;
  };
}

/** A preset is found by its words, and by its name in the API and on the command line. */
function isFound(typed: string, text: string): boolean {
  return text.toLowerCase().includes(typed.trim().toLowerCase());
}

function Rule({ rule, company }: { readonly rule: FaultView; readonly company: string }): ReactNode {
  const say = useWords(workbenchWords);
  const mayWrite = useMayWrite();
  const queries = useQueryClient();
  const params = { key: company, id: rule.id };
  const refresh = { onSuccess: () => queries.invalidateQueries({ queryKey: ['c', company, 'faults'] }) };
  const enable = useMutation({
    mutationFn: (enabled: boolean) => api('faults.edit', { params, body: { enabled } }),
    ...refresh,
  });
  const remove = useMutation({ mutationFn: () => api('faults.remove', { params }), ...refresh });
  const platformName = usePlatformName();
  const sayRule = useWords(ruleWords);
  const name = visible(rule.preset ?? rule.id);
  return (
    <tr>
      <td>
        <strong>{visible(effectText(rule.effect, sayRule))}</strong>
        <div className="code small quiet">{name}</div>
      </td>
      <td>{visible(matchText(rule, platformName, sayRule))}</td>
      <td className="workbench-hits">
        {rule.fired} / {rule.times ?? '∞'}
      </td>
      <td>
        <Switch
          size="small"
          aria-label={`${say('on')} ${name}`}
          checked={rule.enabled !== false}
          disabled={!mayWrite}
          loading={enable.isPending}
          onChange={(enabled) => {
            enable.mutate(enabled);
          }}
        />
      </td>
      <td>
        <Button
          size="small"
          type="text"
          disabled={!mayWrite}
          aria-label={`${say('remove')} ${name}`}
          onClick={() => remove.mutate()}
        >
          {say('remove')}
        </Button>
      </td>
    </tr>
  );
}
