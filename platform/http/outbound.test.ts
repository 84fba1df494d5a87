import { createServer, type RequestListener } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { isPublicAddress } from './outbound-addresses.ts';
import { fetchPublicText, publicUrl, type Network, type OutboundOptions } from './outbound.ts';

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

const options: OutboundOptions = { accept: 'text/calendar', maxBytes: 5_000_000, timeout: 2_000 };
const never: Network = {
  resolve: () => Promise.reject(new Error('no look-up was expected')),
  isPublic: isPublicAddress,
};

/** Forms of addresses that lead into somebody's own network. Each is tried as a whole URL. */
const hostile = [
  // Loopback and this host, in every notation that a URL takes.
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0x7f.1',
  '0177.0.0.1',
  '0177.0.0.01',
  '017700000001',
  '127.0.0.1.',
  '127.000.000.001',
  '0x7F.0x0.0x0.0x1',
  '0.0.0.0',
  '0',
  '0x0',
  '0.0.0.1',
  '00.00.00.00',
  '1',
  '%31%32%37.0.0.1',
  '１２７.0.0.1',
  '127。0。0。1',
  '127．0．0．1',
  '①②⑦.0.0.1',
  '127.0.0.1:443',
  '0x7f000001:443',
  // Private and shared.
  '10.0.0.1',
  '10.255.255.255',
  '167772161',
  '0xa000001',
  '012.0.0.1',
  '10.1',
  '172.16.0.1',
  '172.31.255.255',
  '0xac100001',
  '2886729729',
  '0254.020.0.1',
  '192.168.0.1',
  '192.168.1.254',
  '3232235521',
  '0xc0a80001',
  '0300.0250.0.1',
  '192.168.257',
  '100.64.0.1',
  '100.127.255.255',
  '1681915905',
  // Metadata services.
  '169.254.169.254',
  '2852039166',
  '0xa9fea9fe',
  '0251.0376.0251.0376',
  '0xa9.0xfe.0xa9.0xfe',
  '169.254.43518',
  '169.16689662',
  '169.254.170.2',
  '100.100.100.200',
  '192.0.0.192',
  // Special purposes.
  '192.0.0.1',
  '192.0.2.1',
  '192.31.196.1',
  '192.52.193.1',
  '192.88.99.1',
  '192.175.48.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '4294967295',
  '0xffffffff',
  // IPv6: own, local, mapped, embedded, assigned to something else.
  '[::]',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[0000:0000:0000:0000:0000:0000:0000:0001]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:a9fe:a9fe]',
  '[::ffff:10.0.0.1]',
  '[::ffff:8.8.8.8]',
  '[::ffff:0:127.0.0.1]',
  '[::127.0.0.1]',
  '[::7f00:1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b::a9fe:a9fe]',
  '[64:ff9b:1::10.0.0.1]',
  '[100::1]',
  '[fc00::1]',
  '[fd00::1]',
  '[fd00:ec2::254]',
  '[fdff:ffff::1]',
  '[fe80::1]',
  '[febf::1]',
  '[fec0::1]',
  '[ff02::1]',
  '[ff0e::1]',
  '[2001::1]',
  '[2001:0:7f00:1::]',
  '[2001:2::1]',
  '[2001:10::1]',
  '[2001:20::1]',
  '[2001:db8::1]',
  '[2002:7f00:1::]',
  '[2002:a9fe:a9fe::1]',
  '[2002:c0a8:101::1]',
  '[2620:4f:8000::1]',
  '[3fff::1]',
  '[5f00::1]',
  '[4000::1]',
  // Names of this machine and its neighbours.
  'localhost',
  'LOCALHOST',
  'localhost.',
  'a.localhost',
  'localhost.localdomain',
  'printer.local',
  'metadata.google.internal',
  'metadata',
  'router.lan',
  'nas.home.arpa',
  'db.intranet',
  'host.docker.internal',
  'kubernetes.default.svc.cluster.local',
  'x.onion',
  'x.test',
  'x.invalid',
  'gateway.home',
  'ⓛocalhost',
  'ad.corp',
  'vault.private',
];

const hostileUrls = [
  'http://example.com/a.ics',
  'ftp://example.com/',
  'file:///etc/passwd',
  'data:text/calendar,BEGIN',
  'gopher://127.0.0.1:70/',
  'javascript:alert(1)',
  'https://user:secret@example.com/',
  'https://example.com@127.0.0.1/',
  'https://127.0.0.1#@example.com/',
  'https://127.0.0.1\\@example.com/',
  'https:///127.0.0.1/',
  'https:127.0.0.1',
  'https:\\\\127.0.0.1',
  '//127.0.0.1/',
  'webcal://127.0.0.1/a.ics',
  'WEBCAL://[::1]/',
  'webcal://localhost/',
  'https://',
  '',
  'https://[fe80::1%25eth0]/',
];

describe('addresses that are refused before anything is sent', () => {
  test('there are more than a hundred', () => expect(new Set(hostile).size).toBeGreaterThan(120));

  test.each([...hostile.map((host) => `https://${host}/calendar.ics`), ...hostileUrls])('%s', async (url) => {
    await expect(fetchPublicText(url, options, never)).rejects.toMatchObject({ reason: 'refused' });
  });

  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '169.254.169.254',
    '::1',
    '::ffff:127.0.0.1',
    'fe80::1%eth0',
    'fd00::1',
    '64:ff9b::7f00:1',
    '',
    'nonsense',
  ])('a name whose look-up answers %s', async (address) => {
    const of = (addresses: string[]) =>
      fetchPublicText('https://calendar.example.com/a.ics', options, { ...never, resolve: async () => addresses });
    await expect(of([address])).rejects.toMatchObject({ reason: 'refused' });
    // One bad answer among good ones is enough.
    await expect(of(['93.184.215.14', address])).rejects.toMatchObject({ reason: 'refused' });
  });

  test('every IPv4 address inside of an IPv6 wrapper', () => {
    fc.assert(
      fc.property(
        fc.ipV4(),
        fc.constantFrom('::ffff:', '::', '64:ff9b::', '64:ff9b:1::', '::ffff:0:'),
        (v4, prefix) => {
          expect(isPublicAddress(`${prefix}${v4}`)).toBe(false);
        },
      ),
    );
  });
});

test('public addresses and names pass', () => {
  for (const address of [
    '8.8.8.8',
    '93.184.215.14',
    '172.15.255.255',
    '172.32.0.1',
    '100.128.0.1',
    '192.169.0.1',
    '2606:4700::1111',
    '2a00:1450:4001::200e',
  ]) {
    expect({ address, passes: isPublicAddress(address) }).toEqual({ address, passes: true });
  }
  expect(publicUrl(' webcal://Calendar.Example.com/a.ics#x ').href).toBe('https://calendar.example.com/a.ics');
});

describe('fetching', () => {
  test('returns the text and asks for what was wanted', async () => {
    const network = await serving((request, response) =>
      response.end(`${request.headers.accept} ${request.headers.host} ${request.url}`),
    );
    expect(await fetchPublicText('https://calendar.example.com/a.ics?k=1', options, network)).toBe(
      'text/calendar calendar.example.com /a.ics?k=1',
    );
  });

  test('does not follow redirects', async () => {
    const network = await serving((_, response) => response.writeHead(302, { location: 'https://127.0.0.1/' }).end());
    await expect(fetchPublicText('https://calendar.example.com/', options, network)).rejects.toMatchObject({
      reason: 'failed',
      message: expect.stringContaining('another address'),
    });
  });

  test('stops at the size limit, announced or not', async () => {
    const network = await serving((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 'x')));
      };
      response.on('drain', more);
      more();
    });
    await expect(
      fetchPublicText('https://calendar.example.com/', { ...options, maxBytes: 1_000_000 }, network),
    ).rejects.toMatchObject({ message: expect.stringContaining('1 MB') });
  });

  test('stops at the time limit: silent server, slow drip, silent resolver', async () => {
    const brief = { ...options, timeout: 200 };
    const silent = await serving(() => undefined);
    await expect(fetchPublicText('https://calendar.example.com/', brief, silent)).rejects.toMatchObject({
      message: expect.stringContaining('in time'),
    });
    const dripping = await serving((_, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    await expect(fetchPublicText('https://calendar.example.com/', brief, dripping)).rejects.toMatchObject({
      message: expect.stringContaining('in time'),
    });
    const lost: Network = { ...never, resolve: () => new Promise(() => undefined) };
    await expect(fetchPublicText('https://calendar.example.com/', brief, lost)).rejects.toMatchObject({
      reason: 'failed',
    });
  });

  test('says what the server answered, and that a connection broke', async () => {
    const missing = await serving((_, response) => response.writeHead(404).end());
    await expect(fetchPublicText('https://calendar.example.com/', options, missing)).rejects.toMatchObject({
      message: expect.stringContaining('404'),
    });
    const broken = await serving((_, response) => response.socket?.destroy());
    await expect(fetchPublicText('https://calendar.example.com/', options, broken)).rejects.toMatchObject({
      reason: 'failed',
    });
  });

  test('resolves once and connects to what it checked', async () => {
    const connections: string[] = [];
    const tcp = createTcpServer((socket) => {
      connections.push(socket.localAddress ?? '');
      socket.destroy();
    });
    const port = await listening(tcp);
    let looks = 0;
    // The first answer is taken for public; the second would lead elsewhere.
    const network: Network = {
      resolve: async () => (looks++ === 0 ? ['127.0.0.1'] : ['127.0.0.2']),
      isPublic: (address) => address === '127.0.0.1',
    };
    await expect(fetchPublicText(`https://calendar.example.com:${port}/`, options, network)).rejects.toMatchObject({
      reason: 'failed',
    });
    expect({ looks, connections }).toEqual({ looks: 1, connections: ['127.0.0.1'] });
  });
});

/** A network whose one public server is ours, without TLS. */
async function serving(listener: RequestListener): Promise<Network> {
  const port = await listening(createServer(listener));
  return {
    resolve: async () => ['93.184.215.14'],
    isPublic: isPublicAddress,
    connector: (_, done) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => done(null, socket));
      socket.once('error', (error) => done(error, null));
    },
  };
}

async function listening(server: Server): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
