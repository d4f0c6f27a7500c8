package io.umbel.launcher.settings;

import static io.umbel.launcher.settings.Kind.flag;
import static io.umbel.launcher.settings.Kind.form;
import static io.umbel.launcher.settings.Kind.list;
import static io.umbel.launcher.settings.Kind.secret;
import static io.umbel.launcher.settings.Kind.text;

import io.umbel.gateway.identity.Algorithm;

/** The part of the table that says whom a gateway lets in. */
public final class AuthKey {

  public static final Key REQUIRED =
      Key.key("mcp.require.auth", flag(), "true", "Ask clients for a bearer token.");
  public static final Key ALLOW_INSECURE = Key.key(
      "mcp.allow.insecure",
      flag(),
      "false",
      "Listen beyond this machine even where nobody, or only a development key, guards the door.");
  public static final Key TOKEN = Key.key(
      "mcp.token",
      secret(1),
      "",
      "The token of this process as a client, and of the client of `stdio`.");
  public static final Key PUBLIC_URL = Key.key(
      "umbel.public.url",
      form("https?://[^/?#@]+", "a URL without a path, such as https://mcp.example.com"),
      "",
      "Under which clients reach the gateway; where absent, `http`, its address and port.");
  public static final Key JWKS_URL = Key.key(
      "umbel.auth.jwks.url",
      form("https?://[^?#@/]+(/[^?#]*)?(\\?[^#]*)?", "a URL"),
      "",
      "Where the identity provider publishes its keys; https, but on this machine.");
  public static final Key ISSUER = Key.key(
      "umbel.auth.issuer",
      text(),
      "",
      "Who issues tokens, exactly as their `iss` says it; clients are sent there for one.");
  public static final Key AUDIENCE = Key.key(
      "umbel.auth.audience",
      list(),
      "",
      "One of these has to be in a token's `aud`; where empty, the URL of the MCP endpoint.");
  public static final Key SECRET = Key.key(
      "umbel.auth.secret", secret(32), "", "What tokens are signed with by HS256, if any are.");
  public static final Key ALGORITHMS = Key.key(
      "umbel.auth.algorithms",
      list(name -> Algorithm.of(name).isPresent(), "RS256, ES256, EdDSA, HS256"),
      "RS256,ES256,EdDSA",
      "How tokens may be signed; HS256 where there is a secret.");
  public static final Key ACCOUNT_CLAIM = Key.key(
      "umbel.auth.account.claim", text(), "account_id", "The claim that names the account.");
  public static final Key ACCOUNT = Key.key(
      "umbel.auth.account",
      text(),
      "",
      "The account of tokens without that claim; where absent, such tokens are refused.");
  public static final Key SCOPES =
      Key.key("umbel.auth.scopes", list(), "", "What clients should ask the issuer for.");

  private AuthKey() {}

  /** Has all of them in the table. */
  static void register() {
    // The constants above are in it as soon as this class is there.
  }
}
