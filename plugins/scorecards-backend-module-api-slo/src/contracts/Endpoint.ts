/**
 * What of an API can have an objective: an operation, a method.
 *
 * @internal
 */
export interface Endpoint {
  /** As people write it: `GET /v1/fares/{id}`, `fares.v1.FareService/GetFare`. */
  name: string;
  /** Of HTTP, in capital letters: objectives of other methods are not meant for it. */
  method?: string;
  /** Each of the routes that an objective may name to mean it. */
  routes: string[];
}
