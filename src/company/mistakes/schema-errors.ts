import { isObject } from '../../lib/json-equal.ts';
import { withoutOtherForms, type SchemaError } from './alternatives.ts';
import type { FileErrorCollector } from './file-errors.ts';
import type { FilePath } from '../reading/parse-document.ts';

/** Adds the mistakes that the schema found, in words about the file, with the names that may have been meant. */
export function addSchemaErrors(faults: FileErrorCollector, schema: unknown, errors: Iterable<SchemaError>): void {
  for (const error of withoutOtherForms(errors)) addSchemaError(faults, schema, error);
}

function addSchemaError(faults: FileErrorCollector, schema: unknown, error: SchemaError): void {
  const path = pathOf(error.instancePath);
  const params = isObject(error.params) ? error.params : {};
  switch (error.keyword) {
    case 'boolean': {
      const closed = nodeAt(schema, error.schemaPath.replace(/\/additionalProperties$/, ''));
      const names = isObject(closed?.['properties']) ? Object.keys(closed['properties']) : [];
      if (path.at(-1) === '<<') {
        faults.add(path, 'merge keys are not followed; write the members themselves');
        return;
      }
      faults.add(path, 'no such member', { written: String(path.at(-1) ?? ''), among: () => names });
      return;
    }
    case 'additionalProperties': // each such member is reported on its own as `boolean`
      return;
    case 'enum': {
      const allowed = Array.isArray(params['allowedValues']) ? params['allowedValues'].map(String) : [];
      faults.add(path, `must be one of: ${allowed.join(', ')}`, { among: () => allowed });
      return;
    }
    case 'required': {
      const names = Array.isArray(params['requiredProperties']) ? params['requiredProperties'].join(', ') : '';
      faults.add(path, `lacks ${names}`);
      return;
    }
    case 'pattern': {
      const about = nodeAt(schema, error.schemaPath)?.['description'];
      const form = `must have the form ${String(params['pattern'])}`;
      faults.add(path, typeof about === 'string' ? `${form}: ${about.replace(/\.$/, '')}` : form);
      return;
    }
    case 'const':
      faults.add(path, `must be equal to ${JSON.stringify(params['allowedValue'])}`);
      return;
    default:
      faults.add(path, error.message);
  }
}

/** The steps of a JSON Pointer; those that are numbers are positions. */
function pathOf(pointer: string): FilePath {
  return stepsOf(pointer).map((step) => (/^[0-9]+$/.test(step) ? Number(step) : step));
}

function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function nodeAt(schema: unknown, pointer: string): Readonly<Record<string, unknown>> | undefined {
  let node = schema;
  for (const step of stepsOf(pointer)) {
    node = (node as Readonly<Record<string, unknown>> | undefined)?.[step];
  }
  return isObject(node) ? node : undefined;
}
