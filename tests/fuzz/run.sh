#!/bin/sh
# Runs the fuzz targets that stand in the build folder, one after the other:
#
#	make fuzz                     all of them, FUZZ_SECONDS each (60)
#	make fuzz FUZZ_TARGETS='html url'
#
# What was found interesting is kept in fuzz-corpus/NAME of the build folder, so the next run goes on
# from there; inputs that break something are written there as crash-*.  KAWAT_FUZZ_SEEDS may name a
# folder with more seeds, for every target.
set -u
here=$(dirname "$0")
seconds=${FUZZ_SECONDS:-60}
targets=${FUZZ_TARGETS:-$(sed -n 's/^TARGET(\(.*\))$/\1/p' "$here/target.def")}
failed=0

for name in $targets; do
	corpus=fuzz-corpus/$name
	mkdir -p "$corpus"
	seeds=$here/seeds/$name
	case $name in
	feed | page | html) seeds="$seeds $here/../wire" ;;
	esac
	echo "== $name"
	# shellcheck disable=SC2086 # several folders
	if tests/fuzz/"$name"_fuzz -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
		-artifact_prefix="$corpus/" -print_final_stats=1 -verbosity=0 \
		"$corpus" $seeds ${KAWAT_FUZZ_SEEDS:+"$KAWAT_FUZZ_SEEDS"} >"fuzz-corpus/$name.log" 2>&1; then
		sed -n 's/^stat::number_of_executed_units: */runs: /p' "fuzz-corpus/$name.log"
	else
		failed=$((failed + 1))
		tail -n 60 "fuzz-corpus/$name.log"
	fi
done
echo "$failed fuzz targets found something"
[ $failed = 0 ]
