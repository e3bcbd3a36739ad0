import { createPrivateKey, generateKeyPair, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { promisify } from 'node:util';
import forge from 'node-forge';

/** A certificate and its private key, both as PEM. */
export interface KeyedCertificate {
  readonly cert: string;
  readonly key: string;
}

const { pki } = forge;
const DAY_MS = 86_400_000;
/** How long an authority of our own counts, and what it signs; some clients take nothing longer than the latter. */
const AUTHORITY_DAYS = 3_650;
const LEAF_DAYS = 397;
const RSA_BITS = 2_048;

const keyPair = promisify(generateKeyPair);

/** The keys are made by Node, which is much faster at it; the library only signs with them. */
async function freshKeys(): Promise<{ readonly key: string; readonly keys: forge.pki.rsa.KeyPair }> {
  const { privateKey, publicKey } = await keyPair('rsa', {
    modulusLength: RSA_BITS,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const keys = { privateKey: pki.privateKeyFromPem(privateKey), publicKey: pki.publicKeyFromPem(publicKey) };
  return { key: privateKey, keys };
}

interface Contents {
  readonly publicKey: forge.pki.PublicKey;
  readonly subject: string;
  readonly issuer: readonly forge.pki.CertificateField[];
  readonly signer: forge.pki.rsa.PrivateKey;
  readonly days: number;
  readonly now: number;
  readonly extensions: readonly object[];
}

function signed({ publicKey, subject, issuer, signer, days, now, extensions }: Contents): string {
  const certificate = pki.createCertificate();
  certificate.publicKey = publicKey;
  // Positive: the first bit says the sign.
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
  // Clocks differ by a day at most.
  certificate.validity.notBefore = new Date(now - DAY_MS);
  certificate.validity.notAfter = new Date(now + days * DAY_MS);
  certificate.setSubject([{ name: 'commonName', value: subject }]);
  certificate.setIssuer([...issuer]);
  certificate.setExtensions([...extensions]);
  certificate.sign(signer, forge.md.sha256.create());
  return pki.certificateToPem(certificate);
}

/** Makes an authority of this machine's own, which signs certificates for whatever names it is asked for. */
export async function createAuthority(name: string, now: number): Promise<KeyedCertificate> {
  const { key, keys } = await freshKeys();
  const cert = signed({
    publicKey: keys.publicKey,
    subject: name,
    issuer: [{ name: 'commonName', value: name }],
    signer: keys.privateKey,
    days: AUTHORITY_DAYS,
    now,
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      { name: 'subjectKeyIdentifier' },
    ],
  });
  return { cert, key };
}

/** Signs a certificate for names and addresses, with a key of its own. */
export async function issueCertificate(
  authority: KeyedCertificate,
  names: readonly string[],
  now: number,
): Promise<KeyedCertificate> {
  const { key, keys } = await freshKeys();
  const above = pki.certificateFromPem(authority.cert);
  const cert = signed({
    publicKey: keys.publicKey,
    subject: names[0] ?? '',
    issuer: above.subject.attributes,
    signer: pki.privateKeyFromPem(authority.key) as forge.pki.rsa.PrivateKey,
    days: LEAF_DAYS,
    now,
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: names.map((name) => (isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name })),
      },
      { name: 'authorityKeyIdentifier', keyIdentifier: above.generateSubjectKeyIdentifier().getBytes() },
    ],
  });
  return { cert, key };
}

/** Whether a certificate still counts for some time, and its key is one. */
export function isUsable({ cert, key }: KeyedCertificate, now: number): boolean {
  try {
    createPrivateKey(key);
    return pki.certificateFromPem(cert).validity.notAfter.getTime() > now + 30 * DAY_MS;
  } catch {
    return false;
  }
}
