import { DocsBackend } from './__testUtils__/DocsBackend';

describe('documentation from Markdown', () => {
  let docs: DocsBackend;

  beforeEach(async () => {
    docs = await DocsBackend.start();
  });

  afterEach(async () => {
    await docs.stop();
  });

  /** What stands inside of the text of a page. */
  async function article(page: string): Promise<string> {
    const html = await docs.read(`${page}index.html`);
    return html?.match(/<article[^>]*>\n([\s\S]*)\n<\/article>/)?.[1] ?? '';
  }

  it('builds what mkdocs.yml describes, and runs nothing of it', async () => {
    await docs.write({
      'mkdocs.yml': `
site_name: Orders handbook
site_description: How orders are taken
site_url: !ENV [SITE_URL, 'https://docs.invalid']
hooks: [hook.py]
theme: { name: material, custom_dir: overrides }
plugins:
  - exec: { command: touch /nowhere }
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
nav:
  - Start: index.md
  - Guide:
      - guide/setup.md
      - Gone: guide/gone.md
  - Elsewhere: https://example.com
`,
      'overrides/main.html': '<script>alert(1)</script>',
      'docs/index.md': `# Orders & more

See [the setup](guide/setup.md#first-steps), [it again](/docs/guide/setup.md),
[by its address](guide/setup/), [the table](figures/prices.csv) and
[what is not there](nowhere.md).

![A drawing](figures/flow.svg) ![A photo](figures/photo.png)

!!! warning "Careful with **money**"
    It is not ours.

- [x] done
- [ ] not done

| a | b |
|---|--:|
| 1 | 2 |

\`\`\`ts title="add.ts"
const sum = 1 + 1; // <two>
\`\`\`

??? tip
    Folded in.

Takes a while[^slow], and more[^slow].

[^slow]: Up to **a day**.

\`\`\`mermaid
graph TD; A["<b>x</b>"]-->B; click A "javascript:alert(1)"
\`\`\`

## Same
## Same
`,
      'docs/guide/setup.md':
        '---\ntitle: Setting up\n---\nBefore.\n\n## First steps\n\n![](../figures/photo.png) [back](../index.md)\n',
      'docs/figures/flow.svg':
        '<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" height="1"/></svg>',
      'docs/figures/photo.png': Buffer.from([137, 80, 78, 71]),
      'docs/figures/prices.csv': 'a,b',
      'docs/figures/unused.png': Buffer.from([137, 80, 78, 71]),
    });

    const { error, log } = await docs.build();
    expect(error).toBeUndefined();
    expect(log).toMatch(/nav entry 'guide\/gone.md' is left out/);
    expect(log).toMatch(
      /mkdocs.yml: hooks, plugins \(exec\), theme.custom_dir: ignored/,
    );
    expect(log).toMatch(/docs\/index.md: the link to nowhere.md leads nowhere/);

    const metadata = await docs.metadata();
    expect(metadata).toMatchObject({
      site_name: 'Orders handbook',
      site_description: 'How orders are taken',
      build_timestamp: expect.any(Number),
      warnings: expect.arrayContaining([
        expect.stringMatching(/theme.custom_dir: ignored/),
      ]),
    });
    const stylesheet = metadata.files.find((name: string) =>
      /^assets\/stylesheets\/main\.[0-9a-f]{8}\.min\.css$/.test(name),
    );
    expect(metadata.files).toEqual([
      stylesheet,
      'figures/flow.svg',
      'figures/photo.png',
      'figures/prices.csv',
      'guide/setup/index.html',
      'index.html',
      'search/search_index.json',
      'techdocs_metadata.json',
    ]);

    const text = await article('');
    expect(text).toContain(
      '<h1 id="orders-more">Orders &amp; more<a class="headerlink" title="Permanent link" href="#orders-more">',
    );
    expect(text).toContain('<a href="guide/setup/#first-steps">the setup</a>');
    expect(text).toContain('<a href="guide/setup/">it again</a>');
    expect(text).toContain('<a href="guide/setup/">by its address</a>');
    expect(text).toContain(
      '<a href="figures/prices.csv" download="prices.csv">the table</a>',
    );
    expect(text).toContain('<a>what is not there</a>');
    expect(text).toMatch(/<img [^>]*src="figures\/flow.svg"/);
    expect(text).toContain(
      '<div class="admonition warning">\n<p class="admonition-title">Careful with <strong>money</strong></p>\n<p>It is not ours.</p>',
    );
    expect(text).toContain('aria-label="Done"></span>done');
    expect(text).toContain('aria-label="Not done"></span>not done');
    expect(text).toContain('<td style="text-align:right">2</td>');
    expect(text).toContain('<code class="language-ts" tabindex="0">');
    expect(text).toContain('<span class="hljs-comment">// &lt;two&gt;</span>');
    expect(text).toContain('<h2 id="same_1">');
    expect(text).toContain(
      '<details class="admonition tip">\n<summary class="admonition-title">Tip</summary>',
    );
    expect(text).toContain(
      '<sup class="footnote-ref"><a id="fnref1" href="#fn1">[1]</a></sup>',
    );
    expect(text).toMatch(
      /<section class="footnotes" role="doc-endnotes" aria-label="Footnotes">\n<ol class="footnotes-list">\n<li id="fn1" class="footnote-item"><p>Up to <strong>a day<\/strong>\. <a class="footnote-backref" aria-label="Back to the text" href="#fnref1">/,
    );
    // Not to be drawn here, and not to be clicked anywhere
    expect(text).toContain(
      '<div class="diagram"><pre><code class="language-mermaid" tabindex="0">graph TD; A["&lt;b&gt;x&lt;/b&gt;"]',
    );

    const setup = (await docs.read('guide/setup/index.html')) ?? '';
    expect(setup).toContain('<title>Setting up - Orders handbook</title>');
    expect(setup).toContain('<h1>Setting up</h1>');
    expect(setup).toContain('src="../../figures/photo.png"');
    expect(setup).toContain('<a href="../../">back</a>');
    expect(setup).toContain(`href="../../${stylesheet}"`);
    expect(setup).toContain('aria-current="page"');
    expect(setup).toContain('href="https://example.com"');
    expect(setup).not.toContain('gone');
    expect(setup).not.toContain('alert');

    const index = JSON.parse(
      (await docs.read('search/search_index.json')) ?? '',
    );
    // A diagram is drawn: nobody reads its source
    expect(JSON.stringify(index)).not.toContain('graph TD');
    expect(index.docs).toEqual(
      expect.arrayContaining([
        {
          location: '',
          title: 'Orders &amp; more',
          text: expect.stringContaining('const sum = 1 + 1; // &lt;two&gt;'),
        },
        {
          location: 'guide/setup/',
          title: 'Setting up',
          text: expect.any(String),
        },
        {
          location: 'guide/setup/#first-steps',
          title: 'First steps',
          text: expect.stringContaining('back'),
        },
      ]),
    );
  });

  it('needs no mkdocs.yml', async () => {
    await docs.write({
      'README.md':
        '# Orders\n\n[Zebra](docs/zebra.md) ![logo](media/logo.png) ![no](secret.txt) [code](src/index.ts)',
      'media/logo.png': Buffer.from([137, 80, 78, 71]),
      'secret.txt': 'of the repository, yet no documentation',
      'docs/zebra.md': '# Zebra',
      'docs/ant.md': '# Ant',
      'docs/how-to/run_it.md': 'Run it.',
      'docs/node_modules/package/README.md': '# Package',
      'node_modules/package/README.md': '# Package',
    });
    expect((await docs.build()).error).toBeUndefined();

    const { files, site_name: name } = await docs.metadata();
    expect(name).toBe('Orders');
    expect(files).toEqual([
      '_repository/media/logo.png',
      'ant/index.html',
      expect.stringMatching(/^assets\/stylesheets\//),
      'how-to/run_it/index.html',
      'index.html',
      'search/search_index.json',
      'techdocs_metadata.json',
      'zebra/index.html',
    ]);
    const page = (await docs.read('index.html')) ?? '';
    const titles = [...page.matchAll(/md-ellipsis">([^<]*)</g)];
    expect(titles.slice(0, 5).map(([, title]) => title)).toEqual([
      'Orders',
      'Ant',
      'Zebra',
      'How to',
      'Run it',
    ]);
    expect(await article('')).toContain('<a href="zebra/">Zebra</a>');
    expect(await article('')).toContain('src="_repository/media/logo.png"');
    expect(await article('')).toContain('<a>code</a>');
  });

  it('lets nothing through that runs, leaves the page or covers it', async () => {
    await docs.write({
      'docs/index.md': `# Bad
<script>alert('run-1')</script>
<img src="x.png" onerror="alert('run-2')"><b onclick="alert('run-3')">bold</b>
<iframe src="https://example.com/run-4">run-5</iframe>
<svg><script>alert('run-6')</script></svg><math><mtext><style><img src=x onerror=run-7></style></mtext></math>
<a href="javascript:alert('run-8')">one</a> [two](javascript:alert('run-9'))
<a href="java&#10;script:alert('run-10')">three</a> [four](data:text/html,run-11)
<a href=" &#14; javascript:run-12">five</a> <a href="//example.com/run-13">six</a>
<form action="https://example.com/run-14"><input name="run-15"><button>press</button></form>
<p style="position:fixed;background:url(run-16)" class="md-overlay run-17" id="__drawer">cover</p>
<object data="run-18"></object><embed src="run-19"><meta http-equiv="refresh" content="0;url=run-20"><base href="run-21"><link rel="stylesheet" href="run-22">

\`\`\`"><script>run-23
code
\`\`\`

## <img src=x onerror=run-24> Heading "><script>run-25</script>

![alt](active.svg "run\\" onload=run-26") ![data](data:image/svg+xml,run-27)

!!! note "<script>run-28</script>"
    <script>run-29</script>
`,
      'docs/active.svg':
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    });
    const { error, log } = await docs.build();
    expect(error).toBeUndefined();
    expect(log).toMatch(/docs\/active.svg is left out: it is an SVG/);

    const page = (await docs.read('index.html')) ?? '';
    const text = await article('');
    expect(text).toContain('<b>bold</b>');
    expect(text).toContain('<p>cover</p>');
    expect(text).not.toMatch(
      /<(?:script|iframe|svg|math|style|form|input|button|object|embed|meta|base|link)\b/i,
    );
    expect(text).not.toMatch(/<[^>]*\son\w+\s*=/i);
    for (const [, href] of text.matchAll(/\b(?:href|src)="([^"]*)"/g)) {
      expect(href).toMatch(/^#/);
    }
    expect(page.match(/id="__drawer"/g)).toHaveLength(1);
    expect(await docs.read('active.svg')).toBeUndefined();
  });

  it('does not list all that is wrong, however much it is', async () => {
    const links = Array.from({ length: 5000 }, (_, at) => `[x](gone-${at}.md)`);
    await docs.write({ 'README.md': links.join('\n') });
    const { error, log } = await docs.build();
    expect(error).toBeUndefined();
    expect(log).toMatch(/gone-0.md leads nowhere/);
    expect(log).toMatch(/There is more to mend/);
    expect(log.split('\n').length).toBeLessThan(1100);
  });

  it('of what the reader may not see is behind no other address', async () => {
    await docs.write({ 'README.md': '# Orders', 'docs/a b%/ü.md': '# Own' });
    expect((await docs.build()).error).toBeUndefined();
    await docs.publishHidden('kept', '<h1>Kept</h1>');
    for (const place of [
      'default/component/kept/index.html',
      'default/component/orders/..%2fkept%2findex.html',
      'default/component/orders/..%2Fkept/index.html',
      'default/component/orders/x/..%2f..%2fkept/index.html',
      'default/component/orders/..%5ckept/index.html',
      'default/component/orders/%252e%252e/kept/index.html',
      'default/component//kept/index.html',
      'default//component/kept/index.html',
      '/default/component/kept/index.html',
      '/../docs//default/component/kept/index.html',
      'default/component/kept%2findex.html',
      'default/component/orders/%00',
      'default/component/orders/%',
    ]) {
      const response = await docs.ask(place);
      expect([place, response.status]).toEqual([place, 404]);
    }
    expect(await docs.read('a%20b%25/%C3%BC/index.html')).toContain('Own');
    expect((await docs.ask('default/component/orders/')).status).toBe(200);
  });

  it('does not leave the repository by a symbolic link', async () => {
    await docs.writeOutside('secret.md', '# Secret');
    await docs.writeOutside('secret.png', 'Secret');
    await docs.write({
      'docs/index.md': '# Home\n\n![](picture.png) [one](secret.md)',
      'real.md': '# Real',
    });
    await docs.link('docs/secret.md', '../../secret.md');
    await docs.link('docs/picture.png', '../../secret.png');
    await docs.link('docs/inside.md', '../real.md');
    await docs.link('docs/up', '../..');

    const { error, log } = await docs.build();
    expect(error).toBeUndefined();
    expect(log).toMatch(/docs\/secret.md leads out of the repository/);
    expect(log).toMatch(/docs\/picture.png leads out of the repository/);
    expect((await docs.metadata()).files).toEqual([
      expect.stringMatching(/^assets\/stylesheets\//),
      'index.html',
      'inside/index.html',
      'search/search_index.json',
      'techdocs_metadata.json',
    ]);
    expect(await article('inside/')).toContain('Real');
  });

  it.each([
    ['docs_dir: ../other', /docs_dir '..\/other' leads out of the repository/],
    ['docs_dir: /etc', /docs_dir '\/etc' leads out of the repository/],
    ['docs_dir: linked', /linked leads out of the repository/],
    [
      'nav: [{ Up: ../../etc/passwd.md }]',
      /nav entry '..\/..\/etc\/passwd.md' leads out/,
    ],
    ['nav: [{ Beside: ../README.md }]', /leads out of the folder 'docs'/],
    ['nav: [[nested]]', /nav holds \["nested"\]/],
    ['nav: text', /mkdocs.yml: nav/],
    ['site_name: [', /mkdocs.yml is not valid YAML/],
    ['docs_dir: none', /no documentation/],
  ])('refuses %p with a reason', async (yaml, reason) => {
    await docs.writeOutside('passwd.md', 'root');
    await docs.write({ 'mkdocs.yml': yaml, 'docs/index.md': '# Home' });
    await docs.link('linked', '..');
    expect((await docs.build()).error).toMatch(reason);
    expect(await docs.read('index.html')).toBeUndefined();
  });

  it('says on the page what is wrong with it', async () => {
    await docs.write({
      'docs/index.md': '# Home',
      'docs/big.md': Buffer.alloc(5 * 1024 * 1024, '# Big\n'),
      // Much that is alike must not take long
      'docs/many.md': `${'## a\n'.repeat(100_000)}!!! a${' '.repeat(400_000)}!`,
      'docs/latin.md': Buffer.from([0x23, 0x20, 0xfc, 0x62, 0x65, 0x72]),
    });
    const { error, log } = await docs.build();
    expect(error).toBeUndefined();
    expect(log).toMatch(/docs\/big.md has 5242880 bytes/);
    expect(await article('big/')).toMatch(/a page may have 1048576/);
    expect(await article('latin/')).toMatch(/docs\/latin.md is not UTF-8 text/);
    expect(await article('')).toMatch(/Home/);
  });
});

describe('a page that costs too much', () => {
  it('is replaced, and the backend does not feel it', async () => {
    const docs = await DocsBackend.start({
      markdown: { limits: { maxPageSeconds: 2 } },
    });
    await docs.write({
      'docs/index.md': '# Home',
      // A minute and more
      'docs/deep.md': '<b>'.repeat(340_000),
      'docs/bomb.md': `[^a]: x\n\n${'[^a]'.repeat(200_000)}`,
      'docs/wide.md': `|${'a|'.repeat(5000)}\n|${'-|'.repeat(
        5000,
      )}\n${'|1|2|\n'.repeat(900)}`,
      'docs/quotes.md': `${'> '.repeat(5000)}x\n\n${'- '.repeat(5000)}`,
    });
    let isBuilding = true;
    let answered = 0;
    const others = (async () => {
      while (isBuilding) {
        await docs.ask('default/component/orders/index.html');
        answered += 1;
      }
    })();
    const { error, log } = await docs.build();
    isBuilding = false;
    await others;
    expect(error).toBeUndefined();
    expect(log).toMatch(/docs\/deep.md takes longer than 2 seconds/);
    // Rendered between two of them, each page would let one or two through
    expect(answered).toBeGreaterThan(20);
    for (const [page, reason] of [
      ['deep/', /takes longer than 2 seconds/],
      ['bomb/', /characters of HTML; a page may have/],
    ] as const) {
      expect(await docs.read(`${page}index.html`)).toMatch(reason);
    }
    expect(await docs.read('index.html')).toMatch(/Home/);
    await docs.stop();
  });
});

describe('a site', () => {
  const url = 'https://served.example.com/acme/orders';
  const served = {
    annotations: { 'backstage.io/techdocs-ref': `url:${url}/tree/main/` },
    readFrom: `url:${url}/tree/main/catalog-info.yaml`,
  };

  async function until<T>(read: () => Promise<T | undefined>): Promise<T> {
    for (;;) {
      const value = await read();
      if (value !== undefined) {
        return value;
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  it('follows its repository at once, and keeps nothing of before', async () => {
    const docs = await DocsBackend.start(served);
    await docs.write({ 'docs/index.md': '# One', 'docs/old.md': '# Old' });
    expect(await docs.build()).toEqual({
      log: 'Reading the repository\nBuilding 2 pages\nBuilt 2 pages of documentation\n',
    });
    const { build_timestamp: first } = await docs.metadata();
    await docs.build();
    expect((await docs.metadata()).build_timestamp).toBe(first);

    await docs.write({ 'docs/index.md': '# Two' });
    await docs.remove('docs/old.md');
    await docs.pushAndTell(url);
    // Two readers at once, one build
    const builds = await Promise.all([docs.build(), docs.build()]);
    expect(builds.map(({ error }) => error)).toEqual([undefined, undefined]);
    expect(await docs.read('index.html')).toMatch(/Two/);
    expect(await docs.read('old/index.html')).toBeUndefined();
    expect(await docs.read('.building/')).toBeUndefined();
    await docs.stop();
  });

  it('leads to what is there now, also from pages that are as they were', async () => {
    const docs = await DocsBackend.start(served);
    const build = async () => {
      docs.push();
      await docs.pushAndTell(url);
      await docs.build();
      const { warnings } = await docs.metadata();
      return { page: await docs.read('index.html'), warnings };
    };
    await docs.write({
      'docs/index.md': '# One\n\n[two](two.md) ![three](three.png)',
    });
    const before = await build();
    expect(before.page).not.toMatch(/two\/|three\.png/);
    expect(before.warnings).toHaveLength(2);

    await docs.write({ 'docs/two.md': '# Two', 'docs/three.png': 'picture' });
    const { page, warnings } = await build();
    expect(page).toMatch(/<a href="two\/">two<\/a>/);
    expect(page).toMatch(/<img [^>]*src="three\.png"/);
    expect(warnings).toBeUndefined();

    // A picture is published also with a page that was not rendered again
    await docs.write({ 'docs/two.md': '# 2', 'docs/three.png': 'other' });
    await build();
    expect(await docs.read('three.png')).toBe('other');
    expect(await docs.read('index.html')).toContain('>2<');

    await docs.remove('docs/two.md');
    await docs.remove('docs/three.png');
    expect(await build()).toEqual(before);
    await docs.stop();
  });

  it('leaves nothing behind when the backend is stopped while it is built', async () => {
    const docs = await DocsBackend.start(served);
    await docs.write({
      'docs/index.md': '# Home',
      // A minute and more
      'docs/deep.md': '<b>'.repeat(340_000),
    });
    const build = docs.build();
    await until(async () => ((await docs.unfinished())[0] ? true : undefined));
    await docs.stop(async () => expect(await docs.unfinished()).toEqual([]));
    expect((await build).error).toBe('The backend is being stopped');
  });

  it('is there before anybody opens it, and again after a push', async () => {
    const docs = await DocsBackend.start({
      ...served,
      markdown: {
        schedule: { frequency: { seconds: 1 }, timeout: { minutes: 1 } },
      },
    });
    await docs.write({ 'docs/index.md': '# One' });
    // Where nothing is, there is nothing to be tried again soon: told of a push
    await docs.pushAndTell(url);
    await until(() => docs.read('search/search_index.json'));
    await docs.write({ 'docs/index.md': '# Two' });
    await docs.pushAndTell(url);
    const page = await until(async () => {
      const html = await docs.read('index.html');
      return html?.includes('Two') ? html : undefined;
    });
    expect(page).not.toContain('One');
    await docs.stop();
  });

  it('on the disk beside the portal is built anew when a file changes', async () => {
    const docs = await DocsBackend.start();
    await docs.write({ 'docs/index.md': '# One' });
    await docs.build();
    const { build_timestamp: first } = await docs.metadata();
    await docs.write({ 'docs/index.md': '# Other' });
    // A site counts as checked for two seconds
    await until(async () => {
      const { log } = await docs.build();
      return log === '' ? undefined : true;
    });
    expect(await docs.read('index.html')).toMatch(/Other/);
    expect((await docs.metadata()).build_timestamp).toBeGreaterThan(first);
    await docs.stop();
  });
});

describe('an entity from a repository', () => {
  const repository = 'https://git.example.com/acme/orders';
  const start = (options: Parameters<typeof DocsBackend.start>[0]) =>
    DocsBackend.start({
      readFrom: `url:${repository}/blob/main/catalog-info.yaml`,
      ...options,
    });

  it.each([{}, { enabled: false }])(
    'publishes nothing from the disk of the portal: %p',
    async markdown => {
      const docs = await start({ markdown, otherRepositories: true });
      await docs.write({ 'docs/index.md': '# Secret' });
      expect((await docs.build()).error).toMatch(
        /source-location names a place that is not a repository/,
      );
      expect(await docs.read('index.html')).toBeUndefined();
      await docs.stop();
    },
  );

  const SECRET = 'url:https://git.example.com/acme/secret/tree/main/';
  it.each([
    ['techdocs-ref', { 'backstage.io/techdocs-ref': SECRET }],
    ['source-location', { 'backstage.io/source-location': SECRET }],
    [
      'a path that leads there',
      {
        'backstage.io/techdocs-ref': `url:${repository}/../secret/tree/main/`,
      },
    ],
    [
      'another host',
      {
        'backstage.io/techdocs-ref':
          'url:https://ghe.example.com/acme/orders/tree/main/',
      },
    ],
  ])('publishes no other repository by %s', async (_, annotations) => {
    const docs = await start({ annotations });
    expect((await docs.build()).error).toMatch(/is in another repository/);
    await docs.stop();
  });

  it.each([
    [
      'itself, another branch as well',
      {
        annotations: {
          'backstage.io/techdocs-ref': `url:${repository}/tree/v1/`,
        },
      },
    ],
    [
      'what the configuration allows',
      {
        annotations: { 'backstage.io/techdocs-ref': SECRET },
        otherRepositories: true,
      },
    ],
  ])('publishes %s', async (_, options) => {
    const docs = await start(options);
    // The reader of this backend knows no such host: it is asked, that is all
    expect((await docs.build()).error).toMatch(
      /does not match|No reader|not allowed/i,
    );
    await docs.stop();
  });
});

describe('the configuration', () => {
  it('bounds a site', async () => {
    const docs = await DocsBackend.start({
      markdown: { limits: { maxPages: 2 } },
    });
    await docs.write({ 'docs/a.md': 'a', 'docs/b.md': 'b', 'docs/c.md': 'c' });
    expect((await docs.build()).error).toMatch(/maxPages allows 2/);
    await docs.stop();
  });

  it('leaves the building to MkDocs when told so', async () => {
    const docs = await DocsBackend.start({ markdown: { enabled: false } });
    await docs.write({ 'docs/index.md': '# Home' });
    const { error } = await docs.build();
    const page = await docs.read('index.html');
    // Where MkDocs is installed its own page comes out, else it cannot be found
    expect(page ?? error).toMatch(
      /generator" content="mkdocs|Failed to generate docs/,
    );
    await docs.stop();
  });

  it('refuses a limit that is none', async () => {
    await expect(
      DocsBackend.start({ markdown: { limits: { maxPages: 0 } } }),
    ).rejects.toThrow(/limits.maxPages has to be a whole number above 0/);
  });
});
