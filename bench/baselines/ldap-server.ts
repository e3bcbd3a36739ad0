import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LDAP } from './ldap.ts';
import { onServersProcessor } from '../servers.ts';

/** An OpenLDAP server of the benchmark's own. */
export interface LdapServer {
  readonly port: number;
  readonly version: string;
  stop(): Promise<void>;
}

const SCHEMAS = '/etc/ldap/schema';
const MODULES = '/usr/lib/ldap';
const START_MS = 10_000;

/** Starts one with so many people on the servers' processor, with its defaults: durable. Null if it is not installed. */
export async function startLdap(folder: string, people: number): Promise<LdapServer | null> {
  const slapd = ['/usr/sbin/slapd', '/usr/libexec/slapd', '/usr/local/libexec/slapd'].find(existsSync);
  if (slapd === undefined || !existsSync(SCHEMAS)) return null;
  const config = prepared(join(folder, 'ldap'), people);
  const port = await freePort();
  const listen = ['-d', '0', '-f', config, '-h', `ldap://127.0.0.1:${String(port)}`];
  const [program, args] = onServersProcessor([slapd, ...listen]);
  const child = spawn(program, args, { stdio: 'ignore' });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await gone;
  };
  const end = performance.now() + START_MS;
  while (!(await answers(port))) {
    if (performance.now() > end || child.exitCode !== null) {
      await stop();
      throw new Error('slapd did not start');
    }
    await sleep(50);
  }
  const reply = spawnSync(slapd, ['-VV']).stderr.toString();
  return { port, version: /slapd ([0-9.]+)/.exec(reply)?.[1] ?? '', stop };
}

/** Writes the configuration, fills the database, and answers where the configuration is. */
function prepared(folder: string, people: number): string {
  mkdirSync(join(folder, 'data'), { recursive: true });
  const config = join(folder, 'slapd.conf');
  const schemas = ['core', 'cosine', 'inetorgperson'].map((name) => `include ${SCHEMAS}/${name}.schema`);
  writeFileSync(
    config,
    `${schemas.join('\n')}
modulepath ${MODULES}
moduleload back_mdb
pidfile ${folder}/slapd.pid
database mdb
suffix "${LDAP.base}"
rootdn "${LDAP.admin}"
rootpw ${LDAP.password}
directory ${folder}/data
maxsize 1073741824
index objectClass,uid eq
`,
  );
  const entries = Array.from({ length: people }, (_, index) => {
    const id = `e${String(index)}`;
    const mobile = `+86 ${String(13_000_000_000 + index)}`;
    return `dn: uid=${id},${LDAP.base}
objectClass: inetOrgPerson
uid: ${id}
cn: Employee ${id}
sn: ${id}
displayName: ${id}
employeeNumber: ${String(index)}
mobile: ${mobile}
mail: ${id}@bench.example
`;
  });
  const root = `dn: ${LDAP.base}\nobjectClass: domain\ndc: bench\n`;
  const ldif = join(folder, 'people.ldif');
  writeFileSync(ldif, [root, ...entries].join('\n'));
  const { status, stderr } = spawnSync('/usr/sbin/slapadd', ['-q', '-f', config, '-l', ldif]);
  if (status !== 0) throw new Error(`slapadd failed:\n${stderr.toString()}`);
  return config;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const settle = (is: boolean): void => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', () => {
      settle(true);
    });
    socket.once('error', () => {
      settle(false);
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      // Listening on a host and port, so the address is not the name of a pipe.
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}
