import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import type { PageConfig } from '../api/pageConfig.ts';

export interface FrameProps {
  readonly config: PageConfig;
  readonly children: ReactNode;
}

/** What stands around every page: a way past it first, where one is, and where one can go. */
export function Frame({ config, children }: FrameProps) {
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header>
        <p className="name">
          {config.name} {config.environment !== 'production' && <span className="environment">{config.environment}</span>}
        </p>
        <nav aria-label="Pages">
          <NavLink to="/" end>
            First steps
          </NavLink>
          <NavLink to="/settings">Settings</NavLink>
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
