# Runs one command in a process group of its own, and ends that whole group when standard input
# ends, however that comes about: whoever started this may have been killed. POSIX; needs setsid,
# or a shell whose "set -m" works without a terminal, as that of macOS does.
#
#   $1  seconds between SIGTERM and SIGKILL
#   $2  the directory to run in; removed at the end
#   ... the command
#
# Ends with the status of the command; with 125 where it could not be started at all.

patience=$1 directory=$2
shift 2
unset UMBEL_GUARD

pause() {
  sleep 0.1 2>/dev/null || sleep 1
}

group_lives() {
  kill -s 0 -- "-$child" 2>/dev/null
}

end_group() {
  kill -s TERM -- "-$child" 2>/dev/null
  tenths=$((patience * 10))
  while [ "$tenths" -gt 0 ] && group_lives; do
    pause
    tenths=$((tenths - 1))
  done
  kill -s KILL -- "-$child" 2>/dev/null
}

# Carries standard input to the command. When there is no more, the command may end by itself; then
# it is made to. A process of its own: it does so even if the one that waits below is killed.
carry() {
  feeder=
  hurry=
  trap 'kill "$feeder" 2>/dev/null; exit 0' TERM
  trap 'hurry=yes; kill "$feeder" 2>/dev/null' USR1
  cat <&6 >&5 &
  feeder=$!
  exec 5>&- 6<&-
  wait "$feeder"
  tenths=10
  while [ "$tenths" -gt 0 ] && [ -z "$hurry" ]; do
    pause
    tenths=$((tenths - 1))
  done
  end_group
  cd / && rm -rf "$directory"
}

# The command reads from a pipe (4) that only carry (5) writes to; 3 is there so that opening them
# does not wait; 6 is standard input.
cd "$directory" || exit 125
mkfifo -m 600 .stdin || exit 125
exec 6<&0 </dev/null 3<>.stdin 4<.stdin 5>.stdin 3>&-
rm -f .stdin

if command -v setsid >/dev/null 2>&1; then
  setsid "$@" <&4 4<&- 5>&- 6<&- &
else
  set -m
  "$@" <&4 4<&- 5>&- 6<&- &
fi
child=$!
set +m
exec 4<&-

tries=50
until group_lives || [ "$tries" -eq 0 ] || ! kill -s 0 "$child" 2>/dev/null; do
  pause
  tries=$((tries - 1))
done
if [ "$tries" -eq 0 ]; then
  kill -s KILL "$child"
  echo "There is no setsid here, and this shell cannot do without" >&2
  rm -rf "$directory"
  exit 125
fi

exec >/dev/null 2>&1
carry &
carrier=$!
exec 5>&- 6<&-
trap 'kill -s USR1 "$carrier"' TERM
trap : INT QUIT HUP

status=0
while :; do
  wait "$child"
  status=$?
  kill -s 0 "$child" || break
done
kill -s TERM "$carrier"
wait "$carrier"
end_group
cd / && rm -rf "$directory"
exit "$status"
