import { RequestHandler, Response } from 'express';

/*
 * The pages share the portal's origin and show what anybody pushed, so nothing
 * on them may run: no script is allowed in by any of these lines.
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  'sandbox allow-forms allow-same-origin allow-top-navigation-by-user-activation allow-popups',
].join('; ');

/** A raw file is a document of its own, cut off from the portal's origin. */
const RAW_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** @internal */
export function pageHeaders(): RequestHandler {
  return (_req, res, next) => {
    res.setHeader('Content-Security-Policy', PAGE_POLICY);
    res.setHeader('X-Content-Type-Options', 'nosniff');
    res.setHeader('X-Frame-Options', 'DENY');
    // With `no-referrer` browsers would hide where the Merge form was sent from
    res.setHeader('Referrer-Policy', 'same-origin');
    res.setHeader('Cache-Control', 'no-cache');
    next();
  };
}

/** @internal */
export function setRawHeaders(res: Response, contentType: string): void {
  res.setHeader('Content-Security-Policy', RAW_POLICY);
  res.setHeader('Content-Type', contentType);
}
