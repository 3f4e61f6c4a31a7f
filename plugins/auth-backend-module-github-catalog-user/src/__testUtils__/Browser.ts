/** The message that the window for signing in leaves to the page that opened it. */
export interface Outcome {
  response?: {
    profile: { displayName?: string; email?: string };
    backstageIdentity?: {
      token: string;
      identity: { userEntityRef: string; ownershipEntityRefs: string[] };
    };
  };
  error?: { name: string; message: string };
}

const unescapeHtml = (text: string) =>
  text
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll('&amp;', '&');

/** As much of a browser as signing in takes: it keeps cookies and follows forms. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly backend: string,
    /** The origin of the page that the reader is on. */
    private readonly app: string,
  ) {}

  /** Asks the portal, with the cookies it has set. */
  async ask(address: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set(
      'cookie',
      [...this.cookies].map(pair => pair.join('=')).join('; '),
    );
    const url = new URL(address, this.backend);
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      if (value) {
        this.cookies.set(name, value);
      } else {
        this.cookies.delete(name);
      }
    }
    return response;
  }

  /** Leaves for GitHub and picks an account there: the address it sends back to. */
  async pickAccount(login: string): Promise<URL> {
    const start = new URL('/api/auth/github/start', this.backend);
    start.search = new URLSearchParams({
      env: 'development',
      scope: 'read:user',
      origin: this.app,
      flow: 'popup',
    }).toString();
    const started = await this.ask(start.href);
    const picker = started.headers.get('location')!;
    const page = await (await fetch(picker)).text();
    const [, action] = /<form method="post" action="([^"]+)"/.exec(page)!;
    const picked = await fetch(new URL(unescapeHtml(action), picker), {
      method: 'POST',
      body: new URLSearchParams({ login }),
      redirect: 'manual',
    });
    return new URL(picked.headers.get('location')!);
  }

  /** Comes back from GitHub. */
  async comeBack(address: URL): Promise<{ page: string; outcome: Outcome }> {
    const response = await this.ask(address.href);
    const page = await response.text();
    const [, data] = /authResponse = decodeURIComponent\('([^']*)'\)/.exec(
      page,
    )!;
    const { response: granted, error } = JSON.parse(decodeURIComponent(data));
    return { page, outcome: { response: granted, error } };
  }

  /** Signs in, from the button to what the page is told. */
  async signIn(login: string): Promise<Outcome> {
    const { outcome } = await this.comeBack(await this.pickAccount(login));
    return outcome;
  }

  /** What the portal's page does when it is loaded again. */
  refresh(): Promise<Response> {
    return this.ask('/api/auth/github/refresh?env=development&optional', {
      headers: { 'x-requested-with': 'XMLHttpRequest' },
    });
  }
}
