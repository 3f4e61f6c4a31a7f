import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import type { IdentityApi } from '@backstage/frontend-plugin-api';
import type { JsonObject } from '@backstage/types';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SignInPage } from './SignInPage';

const PORTAL = 'http://portal.example';
const HELP = 'Ask the harbour office.';

const PEOPLE = [
  {
    userEntityRef: 'user:default/joel.hartwig',
    displayName: 'Joel Hartwig',
    title: 'Engineer',
    description: 'Builds things.',
  },
  {
    userEntityRef: 'user:default/noor.lindqvist',
    displayName: 'Noor Lindqvist',
    title: 'Auditor',
  },
];

const session = (userEntityRef: string) => ({
  profile: { displayName: userEntityRef },
  providerInfo: { accessToken: 'secret', scope: 'read:user' },
  backstageIdentity: {
    // Nothing but the time it ends is read from it here
    token: `x.${window.btoa(JSON.stringify({ exp: 4102444800 }))}.x`,
    identity: {
      type: 'user',
      userEntityRef,
      ownershipEntityRefs: [userEntityRef],
    },
  },
});

interface Answer {
  status?: number;
  body?: unknown;
}

const refused = (message: string): Answer => ({
  status: 403,
  body: {
    error: { name: 'NotAllowedError', message },
    request: { method: 'GET', url: '/' },
    response: { statusCode: 403 },
  },
});

/** What the portal answers, by the last parts of the address. */
let answers: Record<string, (request: Request) => Answer>;
const { fetch: realFetch } = window;

beforeEach(() => {
  answers = {
    'personas/people': () => ({ body: { people: PEOPLE } }),
    'personas/refresh': request => ({
      body: session(request.headers.get('x-persona')!),
    }),
    'guest/refresh': () => ({ body: session('user:development/guest') }),
    'github/refresh': () => ({ status: 401, body: {} }),
  };
  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    const path = new URL(request.url).pathname.replace('/api/auth/', '');
    const { status = 200, body } = answers[path]?.(request) ?? { status: 404 };
    return Response.json(body ?? {}, { status });
  };
});

afterEach(() => {
  window.fetch = realFetch;
  window.sessionStorage.clear();
  window.localStorage.clear();
});

const LOCAL = { guest: {}, personas: {} };

/** Opens the page; `signedIn` is who it says has signed in. */
function open(options: {
  providers: JsonObject;
  address?: string;
  config?: JsonObject;
}) {
  const signedIn: IdentityApi[] = [];
  const { unmount } = renderInTestApp(
    <SignInPage onSignInSuccess={identity => signedIn.push(identity)} />,
    {
      apis: [mockApis.discovery({ baseUrl: PORTAL })],
      initialRouteEntries: [options.address ?? '/'],
      config: {
        app: { title: 'Harbour', baseUrl: PORTAL },
        backend: { baseUrl: PORTAL },
        auth: { providers: options.providers, signIn: { help: HELP } },
        ...options.config,
      },
    },
  );
  return { signedIn, unmount };
}

const button = (name: string) => screen.findByRole('button', { name });

const whoIs = async ([identity]: IdentityApi[]) =>
  (await identity.getBackstageIdentity()).userEntityRef;

describe('SignInPage', () => {
  it('offers guest and people of a local portal, and nothing else', async () => {
    open({ providers: LOCAL });

    expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent(
      'Sign in to Harbour',
    );
    await button('Enter as Joel Hartwig, Engineer');
    expect(
      screen
        .getAllByRole('button')
        .map(element => element.textContent || element.ariaLabel),
    ).toEqual([
      'Enter as guest',
      'Enter as Joel Hartwig, Engineer',
      'Enter as Noor Lindqvist, Auditor',
    ]);
    expect(screen.getByText('Builds things.')).toBeInTheDocument();
    expect(screen.getByRole('alert')).toBeEmptyDOMElement();
  });

  it('offers GitHub alone where nothing else is configured', async () => {
    const asked: string[] = [];
    answers['personas/people'] = ({ url }) => {
      asked.push(url);
      return {};
    };
    open({ providers: { github: { production: {} } } });

    await button('Sign in with GitHub');
    expect(screen.getAllByRole('button')).toHaveLength(1);
    expect(screen.queryByText(/No password|No account/)).toBeNull();
    expect(asked).toEqual([]);
  });

  it('says so where nothing is configured', async () => {
    open({ providers: {} });
    expect(
      await screen.findByText(/No way to sign in is configured/),
    ).toBeInTheDocument();
  });

  it('says so where none of the people is in the catalog', async () => {
    answers['personas/people'] = () => ({ body: { people: [] } });
    open({ providers: LOCAL });
    expect(
      await screen.findByText(/None of them is in the catalog/),
    ).toBeInTheDocument();
  });

  it('signs in as the one who is chosen, goes on with it, and forgets it on leaving', async () => {
    const first = open({ providers: LOCAL });
    await userEvent.click(await button('Enter as Noor Lindqvist, Auditor'));
    await waitFor(() => expect(first.signedIn).toHaveLength(1));
    expect(await whoIs(first.signedIn)).toBe('user:default/noor.lindqvist');
    first.unmount();

    const second = open({ providers: LOCAL });
    await waitFor(() => expect(second.signedIn).toHaveLength(1));
    expect(await whoIs(second.signedIn)).toBe('user:default/noor.lindqvist');
    expect((await second.signedIn[0].getCredentials()).token).toBeTruthy();
    await second.signedIn[0].signOut();
    second.unmount();

    const third = open({ providers: LOCAL });
    await button('Enter as guest');
    expect(third.signedIn).toEqual([]);
  });

  it('enters as guest', async () => {
    const { signedIn } = open({ providers: LOCAL });
    await userEvent.click(await button('Enter as guest'));
    await waitFor(() => expect(signedIn).toHaveLength(1));
    expect(await whoIs(signedIn)).toBe('user:development/guest');
  });

  it('keeps tabs apart, and starts new ones with the last choice', async () => {
    window.sessionStorage.setItem(
      'waymark.signIn',
      JSON.stringify({ provider: 'guest' }),
    );
    window.localStorage.setItem(
      'waymark.signIn',
      JSON.stringify({
        provider: 'personas',
        userEntityRef: 'user:default/joel.hartwig',
      }),
    );
    const here = open({ providers: LOCAL });
    await waitFor(() => expect(here.signedIn).toHaveLength(1));
    expect(await whoIs(here.signedIn)).toBe('user:development/guest');
    here.unmount();

    window.sessionStorage.clear();
    const there = open({ providers: LOCAL });
    await waitFor(() => expect(there.signedIn).toHaveLength(1));
    expect(await whoIs(there.signedIn)).toBe('user:default/joel.hartwig');
  });

  it.each([
    ['of another version', '{"provider":"other"}', LOCAL],
    ['that is no JSON', '{', LOCAL],
    ['that is configured no more', '{"provider":"guest"}', { personas: {} }],
  ])('starts afresh after a choice %s', async (_, stored, providers) => {
    window.localStorage.setItem('waymark.signIn', stored);
    const { signedIn } = open({ providers });
    await button('Enter as Joel Hartwig, Engineer');
    expect(signedIn).toEqual([]);
  });

  it.each([
    [
      'what the portal answers, and whom to ask',
      () => refused('Ada is not in the catalog.'),
      `Ada is not in the catalog. ${HELP}`,
    ],
    [
      'whom to ask once only',
      () => refused(`Nobody knows Ada. ${HELP}`),
      `Nobody knows Ada. ${HELP}`,
    ],
    [
      'that nobody answers',
      () => {
        throw new TypeError('Failed to fetch');
      },
      `The portal does not answer: is it still running? ${HELP}`,
    ],
  ])('says %s', async (_, answer, text) => {
    answers['personas/refresh'] = answer;
    const { signedIn, unmount } = open({ providers: LOCAL });
    await userEvent.click(await button('Enter as Joel Hartwig, Engineer'));

    const alert = await screen.findByText(text);
    expect(screen.getByRole('alert')).toContainElement(alert);
    expect(signedIn).toEqual([]);
    unmount();

    // The next visit starts with the question again
    const next = open({ providers: LOCAL });
    await button('Enter as Joel Hartwig, Engineer');
    expect(screen.getByRole('alert')).toBeEmptyDOMElement();
    expect(next.signedIn).toEqual([]);
  });

  describe('with GitHub', () => {
    const providers = { github: { development: {} } };
    // A window of the browser's own, of which jsdom has none
    const popup = { closed: false } as Window;
    let addressOfPopup: string | undefined;

    beforeEach(() => {
      addressOfPopup = undefined;
      jest.spyOn(window, 'open').mockImplementation(address => {
        addressOfPopup = String(address);
        return popup;
      });
    });
    afterEach(() => jest.restoreAllMocks());

    /** What the window for signing in tells at the end of the redirects. */
    function tell(data: object) {
      const message = new MessageEvent('message', {
        origin: PORTAL,
        data: { type: 'authorization_response', ...data },
      });
      Object.defineProperty(message, 'source', { value: popup });
      window.dispatchEvent(message);
    }

    async function click() {
      await userEvent.click(await button('Sign in with GitHub'));
      await waitFor(() => expect(addressOfPopup).toContain('/github/start'));
    }

    it('signs in whom the portal knows, and goes on with the session', async () => {
      const { signedIn, unmount } = open({ providers });
      await click();
      tell({ response: session('user:default/joel.hartwig') });
      await waitFor(() => expect(signedIn).toHaveLength(1));
      expect(await whoIs(signedIn)).toBe('user:default/joel.hartwig');
      unmount();

      answers['github/refresh'] = () => ({
        body: session('user:default/joel.hartwig'),
      });
      const next = open({ providers });
      await waitFor(() => expect(next.signedIn).toHaveLength(1));

      let left = false;
      answers['github/logout'] = () => {
        left = true;
        return {};
      };
      await next.signedIn[0].signOut();
      expect(left).toBe(true);
      expect(window.localStorage.getItem('waymark.signIn')).toBeNull();
    });

    it('tells who is refused why, and whom to ask', async () => {
      const { signedIn } = open({ providers });
      await click();
      tell({
        error: {
          name: 'NotAllowedError',
          message: `Your GitHub account ada is not in the catalog of this portal. ${HELP}`,
        },
      });
      expect(
        await screen.findByText(
          `Your GitHub account ada is not in the catalog of this portal. ${HELP}`,
        ),
      ).toBeInTheDocument();
      expect(signedIn).toEqual([]);
      expect(await button('Sign in with GitHub')).toBeEnabled();
    });

    it('leaves the window alone once something else is chosen', async () => {
      const { signedIn } = open({ providers: { ...providers, guest: {} } });
      await click();
      await userEvent.click(await button('Enter as guest'));
      await waitFor(() => expect(signedIn).toHaveLength(1));
      expect(await whoIs(signedIn)).toBe('user:development/guest');

      tell({ error: { name: 'NotAllowedError', message: 'No.' } });
      await new Promise(resolve => setTimeout(resolve, 0));
      expect(window.localStorage.getItem('waymark.signIn')).toContain('guest');
    });

    it('says that the browser has not opened the window', async () => {
      jest.spyOn(window, 'open').mockReturnValue(null);
      open({ providers });
      await userEvent.click(await button('Sign in with GitHub'));
      expect(
        await screen.findByText(/allow this page to open windows/),
      ).toBeInTheDocument();
    });

    it('asks again after a session that has ended', async () => {
      window.localStorage.setItem('waymark.signIn', '{"provider":"github"}');
      const { signedIn } = open({ providers });
      await button('Sign in with GitHub');
      expect(signedIn).toEqual([]);
    });

    it('shows what comes back in the address only where that is how it comes back', async () => {
      const address = '/?error=You+have+won';
      const { unmount } = open({ providers, address });
      await button('Sign in with GitHub');
      expect(screen.queryByText(/You have won/)).toBeNull();
      unmount();

      open({
        providers,
        address,
        config: { enableExperimentalRedirectFlow: true },
      });
      expect(await screen.findByText(/You have won/)).toBeInTheDocument();
    });
  });
});
