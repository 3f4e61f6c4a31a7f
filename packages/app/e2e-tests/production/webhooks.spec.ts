import { createHmac, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { componentOf, untilDescribed } from './support/catalog';
import { withCheckout } from './support/checkout';
import { withDatabase } from './support/database';
import { control } from './support/github';
import { catalogInfo } from './support/organization';
import { situation } from './support/situation';
import { expect, test } from './support/test';

const name = 'departure-boards';

const deliveries = () =>
  withDatabase(async query => {
    const { rows } = await query(
      'SELECT * FROM "golden-paths".webhook_deliveries ORDER BY 1',
    );
    return rows.length;
  });

test('what GitHub did not send, or sent before, is refused and changes nothing', async () => {
  const description = 'Says on the platform what leaves, and from where';
  await withCheckout(
    { repository: name, as: 'priya-nandal' },
    async ({ folder, git }) => {
      await writeFile(
        path.join(folder, 'catalog-info.yaml'),
        catalogInfo({ name, owner: 'journey-planning', description }),
      );
      await git('commit', '--quiet', '--all', '--message', 'More words');
      await git('push', '--quiet');
    },
  );
  await untilDescribed(name, description);
  const all: any[] = await control('/deliveries?settled');
  const real = all.findLast(
    ({ event, body }) => event === 'push' && body.includes(name),
  );
  expect(real.status_code).toBe(202);
  const { headers } = real.request;
  const header = (wanted: string): string =>
    headers[wanted] ?? headers[wanted.toLowerCase()];
  const signature = header('X-Hub-Signature-256');
  const id = header('X-GitHub-Delivery');
  expect(signature).toMatch(/^sha256=/);

  const before = {
    stored: await deliveries(),
    entity: await componentOf(name),
  };
  const send = async (options: {
    delivery?: string;
    signed?: string;
    body?: string;
  }) => {
    const { delivery = randomUUID(), signed, body = real.body } = options;
    const response = await fetch(
      `${situation().url}/api/golden-paths/webhooks/github`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-github-event': 'push',
          'x-github-delivery': delivery,
          ...(signed ? { 'x-hub-signature-256': signed } : {}),
        },
        body,
      },
    );
    return response.status;
  };
  const sign = (secret: string, body: string) =>
    `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const forged = real.body.replaceAll('priya-nandal', 'somebody-else');
  expect(forged).not.toBe(real.body);

  expect({
    unsigned: await send({}),
    'signed by somebody else': await send({ signed: sign('guess', real.body) }),
    'changed under the old signature': await send({
      signed: signature,
      body: forged,
    }),
    'changed under the old id': await send({
      signed: signature,
      body: forged,
      delivery: id,
    }),
    'sent again': await send({ signed: signature, delivery: id }),
    'sent again under another id': await send({ signed: signature }),
  }).toEqual({
    unsigned: 401,
    'signed by somebody else': 401,
    'changed under the old signature': 401,
    'changed under the old id': 401,
    'sent again': 409,
    'sent again under another id': 409,
  });
  // By GitHub itself as well
  const again = await control(`/deliveries/${real.id}/redeliver`, {
    method: 'POST',
  });
  expect(again.status_code).toBe(409);

  expect({
    stored: await deliveries(),
    entity: await componentOf(name),
  }).toEqual(before);
});
