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

# Until there is somebody to tell: whoever wants this to end says so again.
trap : TERM INT QUIT HUP

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
  exec 4<&- 9>&- >/dev/null 2>&1
  feeder=
  hurry=
  trap 'kill "$feeder"; exit 0' TERM
  trap 'hurry=yes; kill "$feeder"' USR1
  echo ready >&7
  read -r child <&8 || read -r child <&8 || exit 0
  cat <&6 >&5 &
  feeder=$!
  exec 5>&- 6<&- 7>&- 8<&-
  wait "$feeder"
  tenths=10
  while [ "$tenths" -gt 0 ] && [ -z "$hurry" ]; do
    pause
    tenths=$((tenths - 1))
  done
  end_group
  cd / && rm -rf "$directory"
}

# The command reads from a pipe (4) that only carry (5) writes to, from standard input (6). carry
# says when it is ready (7), and is told which group to end (8, 9). With 3, opening does not wait.
cd "$directory" || exit 125
mkfifo -m 600 .stdin .ready .child || exit 125
exec 6<&0 </dev/null 7<>.ready 3<>.stdin 4<.stdin 5>.stdin
exec 3<>.child 8<.child 9>.child 3>&-
rm -f .stdin .ready .child

carry &
carrier=$!
exec 5>&- 6<&- 8<&-
read -r ready <&7
exec 7>&-

if command -v setsid >/dev/null 2>&1; then
  setsid "$@" <&4 4<&- 9>&- &
else
  set -m
  "$@" <&4 4<&- 9>&- &
fi
child=$!
set +m
echo "$child" >&9
exec 4<&- 9>&-
trap 'kill -s USR1 "$carrier"' TERM

tries=50
until group_lives || [ "$tries" -eq 0 ] || ! kill -s 0 "$child" 2>/dev/null; do
  pause
  tries=$((tries - 1))
done
if [ "$tries" -eq 0 ]; then
  echo "There is no setsid here, and this shell cannot do without" >&2
  kill -s TERM "$carrier"
  kill -s KILL "$child"
  cd / && rm -rf "$directory"
  exit 125
fi

exec >/dev/null 2>&1
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
