/** Pages of the repository that is measured. */
export const PAGES = 50;

const SECTIONS = 5;

function page(number, change) {
  const section = number % SECTIONS;
  const neighbour = (number + SECTIONS) % PAGES || SECTIONS;
  const paragraphs = Array.from(
    { length: 12 },
    (_, index) => `## Part ${index + 1}

What happens in part ${index + 1} of page ${number} depends on **the order** in
which things arrive, on \`ORDER_TIMEOUT\` and on what
[the other page](../section-${neighbour % SECTIONS}/page-${neighbour}.md) says.
Nothing is lost when a message comes twice[^${index}].

- first, what was asked for is checked
- then it is written down, before anybody is told
- at last an answer is given

| setting | default | meaning                      |
| ------- | ------: | ---------------------------- |
| retries |       ${index} | how often it is tried again |
| timeout |     30s | how long an answer may take  |

\`\`\`ts
export async function part${index}(order: Order): Promise<void> {
  await store.write({ ...order, part: ${index} });
}
\`\`\`

[^${index}]: Each message has a number of its own.
`,
  );
  return `# Page ${number} of section ${section}

These are the words of change ${change}.

!!! note "Before you start"
    You need a checkout of the repository.

${paragraphs.join('\n')}`;
}

/** The files of a repository with realistic documentation, some 150 kB of it. */
export function handbook({ name, number }) {
  const files = {
    'mkdocs.yml': `site_name: ${name}\ndocs_dir: docs\nplugins: [techdocs-core]\n`,
    'docs/index.md': '# Handbook\n\nEvery page is listed beside this text.\n',
  };
  for (let index = 1; index < PAGES; index++) {
    // Fifty files are looked at, one is new: that is what a push is like
    const change = index === 17 ? number : 0;
    files[`docs/section-${index % SECTIONS}/page-${index}.md`] = page(
      index,
      change,
    );
  }
  return files;
}
