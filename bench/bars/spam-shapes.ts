/** A page of the attacked form, opened so long ago. */
export interface Page {
  token: string;
  /** Does the page’s work. */
  proof: () => string;
}

interface Sent {
  body: unknown;
  /** One of the sender’s own when absent. */
  address?: string;
  type?: string;
}

interface Shape {
  name: string;
  make: (open: (age?: number) => Page, n: number) => Sent;
}

/** What a person could have written, but for what is given. */
function answers(n: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    title: `Offer ${n}`,
    kind: 'other',
    date: '2031-05-01',
    hall: 'Somewhere',
    name: `Robert ${n}`,
    email: `robert${n}@spam.example`,
    consent: true,
    ...more,
  };
}

/** Everything right about how it is sent: only the words are wrong. */
const said =
  (more: (n: number) => Record<string, unknown>, homepage = ''): Shape['make'] =>
  (open, n) => {
    const { token, proof } = open();
    return { body: { token, proof: proof(), homepage, answers: answers(n, more(n)) } };
  };
const message = (text: string) => said((n) => ({ message: `${text} ${n}` }));

/** A page that is opened once and sent from again and again. */
let replayed: { token: string; proof: string } | undefined;

export const shapes: readonly Shape[] = [
  { name: 'no token', make: (_, n) => ({ body: { token: 'x', proof: '1', answers: answers(n) } }) },
  {
    name: 'forged token',
    make: (open, n) => {
      const [id, form, revision, issued] = open().token.split('.');
      return {
        body: { token: [id, form, revision, issued, 'A'.repeat(43)].join('.'), proof: '1', answers: answers(n) },
      };
    },
  },
  {
    name: 'token with another time',
    make: (open, n) => {
      const parts = open(1).token.split('.');
      parts[3] = String(Date.now() - 60_000);
      return { body: { token: parts.join('.'), proof: '1', answers: answers(n) } };
    },
  },
  {
    name: 'too quick',
    make: (open, n) => {
      const { token, proof } = open(0);
      return { body: { token, proof: n % 2 ? '1' : proof(), answers: answers(n) } };
    },
  },
  {
    name: 'too old',
    make: (open, n) => ({ body: { token: open(90_000_000).token, proof: '1', answers: answers(n) } }),
  },
  { name: 'no work', make: (open, n) => ({ body: { token: open().token, proof: '', answers: answers(n) } }) },
  { name: 'guessed work', make: (open, n) => ({ body: { token: open().token, proof: `${n}`, answers: answers(n) } }) },
  {
    name: 'one page again and again',
    make: (open, n) => {
      if (!replayed) {
        const { token, proof } = open();
        replayed = { token, proof: proof() };
      }
      return { body: { ...replayed, answers: answers(n, { message: `[url=https://x.example]${n}[/url]` }) } };
    },
  },
  { name: 'trap', make: said(() => ({ message: 'Hello' }), 'https://x.example') },
  { name: 'markup', make: message('[url=https://pills.example]cheap[/url]') },
  { name: 'html', make: message('<a href="https://x.example">look</a>') },
  { name: 'script', make: message('<script src=//x.example></script>') },
  { name: 'many links', make: message('https://a.example https://b.example https://c.example https://d.example') },
  { name: 'search engines', make: message('We bring you to the first page of Google, see https://seo.example') },
  { name: 'coins', make: message('Guaranteed profit with bitcoin: passive income') },
  { name: 'games', make: message('Casino, jackpot, slots online') },
  { name: 'pills', make: message('Viagra and Cialis, cheap meds') },
  { name: 'loans', make: message('Loan offer: unsecured loans, act now') },
  { name: 'heirs', make: message('You are next of kin of million US dollars, by wire transfer') },
  { name: 'followers', make: message('Buy followers, likes cheap, click here') },
  { name: 'short links', make: message('See bit.ly/3xYz and wa.me/491234 now') },
  { name: 'hidden letters', make: message('V\u200bia\u200bgra, c\u00adlick he\u00adre') },
  { name: 'wide letters', make: message('Ｃａｓｉｎｏ, ｊａｃｋｐｏｔ, ｃｌｉｃｋ ｈｅｒｅ') },
  { name: 'keys mashed', make: said(() => ({ message: 'hYdKqPwLzRtXvB' })) },
  { name: 'a link for a name', make: said((n) => ({ name: `See https://x.example/${n}` })) },
  {
    name: 'the same in every line',
    make: said(() => ({
      name: 'google',
      title: 'google',
      hall: 'google',
      company: 'google',
      message: 'www.x.example',
    })),
  },
  {
    name: 'the same again',
    make: said(() => ({ title: 'Once', name: 'R', email: 'r@spam.example', message: '[b]same[/b]' })),
  },
  { name: 'mail headers in a name', make: said((n) => ({ name: `Bob\r\nBcc: all${n}@example.com` })) },
  { name: 'mail headers in an address', make: said((n) => ({ email: `bob@spam.example\nBcc: all${n}@example.com` })) },
  { name: 'two addresses', make: said((n) => ({ email: `bob${n}@spam.example,all@example.com` })) },
  { name: 'unknown fields', make: said((n) => ({ [`comment${n}`]: 'Hello' })) },
  { name: 'wrong kinds', make: said((n) => ({ title: { $ne: null }, name: [n], consent: 'yes' })) },
  {
    name: 'inherited',
    make: (open, n) => ({ body: `{"token":"${open().token}","proof":"1","answers":{"__proto__":{"title":"${n}"}}}` }),
  },
  {
    name: 'too large',
    make: (open, n) => ({ body: { token: open().token, proof: '1', answers: { message: 'x'.repeat(200_000 + n) } } }),
  },
  {
    name: 'deep',
    make: (open) => ({
      body: `{"token":"${open().token}","proof":"1","answers":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
    }),
  },
  { name: 'no JSON', make: (_, n) => ({ body: `{"token":${n}`, type: 'application/json' }) },
  {
    name: 'an ordinary form',
    make: (_, n) => ({ body: `title=Offer+${n}`, type: 'application/x-www-form-urlencoded' }),
  },
  {
    name: 'one address without end',
    make: (open, n) => ({
      body: { token: open().token, proof: '1', answers: answers(n) },
      address: '198.51.100.9',
    }),
  },
];
