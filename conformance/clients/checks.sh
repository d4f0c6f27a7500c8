# What ./run and ./upstreams have in common: they source this in their directory.

CHECK_SECONDS=60
READY_SECONDS=60

# The checks share one caller, and ask faster than anybody who uses one client.
export RATE_LIMIT_RULES='* unlimited'
export UMBEL=${UMBEL:-$(cd ../.. && pwd)/umbel}
export NODE_MODULES=$PWD/node_modules
SCRATCH=$(mktemp -d)
export SCRATCH
OUT=$PWD/target
passed=0 failed=0

# npm keeps the lockfile it installed from inside node_modules: without it, or older, install.
install() {
  if [[ ! node_modules/.package-lock.json -nt package-lock.json ]]; then
    npm ci --no-fund --no-audit --loglevel=error >"$OUT/npm.log" 2>&1 ||
      { cat "$OUT/npm.log" >&2; exit 1; }
  fi
}

free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}
export -f free_port

# A token for the gateways that share a data directory: token_of DIRECTORY
token_of() {
  "$UMBEL" token --scope admin --data "$1"
}

# The start script builds what it starts, and writes the archive of classes that makes starts short.
build_umbel() {
  "$UMBEL" --version >"$OUT/build.log" 2>&1 || { cat "$OUT/build.log" >&2; exit 1; }
}

# Runs one check; what it says on stdout, or else last on stderr, is the reason of its failure.
run_check() {
  local name=$1 log=$OUT/${1// /-} line reason
  read -ra line <<<"$name"
  if [[ ${line[0]} == *.mjs ]]; then set -- node; else set --; fi
  if timeout -k 5 "$CHECK_SECONDS" "$@" "checks/${line[0]}" "${line[@]:1}" </dev/null >"$log.out" 2>"$log.err"; then
    echo "ok    $name"
    rm -f "$log.out" "$log.err"
    return 0
  elif (($? == 124 || $? == 137)); then
    reason="no end after $CHECK_SECONDS s"
  else
    reason=$(head -n 1 "$log.out")
    reason=${reason:-$(tail -n 1 "$log.err")}
  fi
  echo "FAIL  $name: $reason"
  return 1
}

prepare() {
  mkdir -p "$OUT"
  install
  export PATH=$NODE_MODULES/.bin:$PATH
  # Where these two would else keep what they learn: the home directory.
  export MCP_STORAGE_DIR=$SCRATCH/inspector MCP_REMOTE_CONFIG_DIR=$SCRATCH/mcp-remote
}

# Runs those of the checks that are wanted: run_checks NAME...
run_checks() {
  local name
  for name in "$@"; do
    if is_wanted "$name"; then
      if run_check "$name"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    fi
  done
}

is_wanted() { [[ $1 == *"$only"* ]]; }

# Whether any of these is: any_wanted NAME...
any_wanted() {
  local name
  for name in "$@"; do
    if is_wanted "$name"; then return 0; fi
  done
  return 1
}

# The last line; fails if a check did, or none was run.
tell() {
  echo "$passed passed, $failed failed"
  ((failed == 0 && passed > 0))
}
