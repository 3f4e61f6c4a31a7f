/**
 * Advisories as OSV serves them, of the GitHub Advisory Database, the Go vulnerability
 * database and the Python Packaging Advisory Database: what was published, without the
 * details and the references.
 */
export const minimist = {
  schema_version: '1.4.0',
  id: 'GHSA-xvch-5gv4-984h',
  modified: '2023-02-27T14:47:14Z',
  published: '2022-03-18T00:01:09Z',
  aliases: ['CVE-2021-44906'],
  summary: 'Prototype Pollution in minimist',
  severity: [
    {
      type: 'CVSS_V3',
      score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    },
  ],
  affected: [
    {
      package: { ecosystem: 'npm', name: 'minimist' },
      ranges: [
        {
          type: 'SEMVER',
          events: [{ introduced: '1.0.0' }, { fixed: '1.2.6' }],
        },
      ],
    },
    {
      package: { ecosystem: 'npm', name: 'minimist' },
      ranges: [
        { type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '0.2.4' }] },
      ],
    },
  ],
  database_specific: { cwe_ids: ['CWE-1321'], severity: 'CRITICAL' },
};

/** Says nothing of how grave it is. */
export const rapidReset = {
  schema_version: '1.3.1',
  id: 'GO-2023-2102',
  modified: '2023-10-11T20:35:43Z',
  aliases: ['CVE-2023-44487', 'CVE-2023-39325', 'GHSA-4374-p667-p6c8'],
  summary: 'HTTP/2 rapid reset can cause excessive work in net/http',
  affected: [
    {
      package: { name: 'stdlib', ecosystem: 'Go' },
      ranges: [
        {
          type: 'SEMVER',
          events: [
            { introduced: '0' },
            { fixed: '1.20.10' },
            { introduced: '1.21.0-0' },
            { fixed: '1.21.3' },
          ],
        },
      ],
    },
    {
      package: { name: 'golang.org/x/net', ecosystem: 'Go' },
      ranges: [
        { type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '0.17.0' }] },
      ],
    },
  ],
  database_specific: { url: 'https://pkg.go.dev/vuln/GO-2023-2102' },
};

/** The same, elsewhere. */
export const rapidResetOnGithub = {
  schema_version: '1.4.0',
  id: 'GHSA-4374-p667-p6c8',
  modified: '2023-12-07T23:00:43Z',
  aliases: ['CVE-2023-39325'],
  summary: 'HTTP/2 rapid reset can cause excessive work in net/http',
  severity: [
    {
      type: 'CVSS_V3',
      score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
    },
  ],
  affected: [
    {
      package: { ecosystem: 'Go', name: 'golang.org/x/net' },
      ranges: [
        { type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '0.17.0' }] },
      ],
    },
  ],
  database_specific: { cwe_ids: ['CWE-400', 'CWE-770'], severity: 'HIGH' },
};

/** Names a vector and no severity. */
export const requests = {
  id: 'GHSA-j8r2-6x86-q33q',
  modified: '2023-09-20T19:19:30Z',
  aliases: ['CVE-2023-32681'],
  summary: 'Unintended leak of Proxy-Authorization header in requests',
  severity: [
    {
      type: 'CVSS_V3',
      score: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:C/C:H/I:N/A:N',
    },
  ],
  affected: [
    {
      package: { ecosystem: 'PyPI', name: 'requests' },
      ranges: [
        {
          type: 'ECOSYSTEM',
          events: [{ introduced: '2.3.0' }, { fixed: '2.31.0' }],
        },
      ],
    },
  ],
};
