import { withSession } from '../../functions/access/database';
import { readSettings } from '../../functions/access/settings';
import { describeWithStore } from '../support/access';
import { anAuthority } from '../support/certificates';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

describeWithStore('the way to the database', (store) => {
  const asked = (host: string, authorities: string): Promise<unknown> => {
    const { server } = store();
    const environment = {
      MASTER_SECRET: 'm',
      HOST: host,
      PORT: `${server.port}`,
      DATABASE: 'orders',
      PREFIX: 'p/',
      STORE: 'orders',
    };
    return withSession(readSettings(environment, authorities), server.master, async (session) => {
      const [row] = await session.rows<object>('SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
      return row;
    });
  };

  it('is encrypted, by the authority that vouches for the server', async () =>
    expect(await asked('localhost', store().server.authority.certificate)).toEqual({ ssl: true, version: 'TLSv1.3' }));

  it('fails where another authority is trusted', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'groundplan-authority-'));
    const { certificate } = anAuthority(folder);
    rmSync(folder, { recursive: true });
    await expect(asked('localhost', certificate)).rejects.toThrow(
      /unable to verify the first certificate|self-signed certificate/,
    );
  });

  it('fails where the certificate is for another name', async () =>
    await expect(asked('127.0.0.1', store().server.authority.certificate)).rejects.toThrow("not in the cert's list"));

  it('fails before the password is sent: the server knows of no attempt to log in', () => {
    const attempts = store()
      .server.log()
      .match(/connection authorized: user=groundplan/g);
    expect(attempts).toHaveLength(1); // of the first test above
  });
});
