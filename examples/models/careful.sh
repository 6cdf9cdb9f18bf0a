#!/usr/bin/env bash
# A bidding model in shell: bids only where the net profit has at least nine digits of the cash token's smallest unit.
echo '{"type":"hello","protocol":1,"name":"careful"}'
while IFS= read -r line; do
    [[ $line =~ \"type\":\"request\" ]] || continue
    [[ $line =~ \"id\":([0-9]+) ]] && id=${BASH_REMATCH[1]}
    [[ $line =~ \"net_profit\":\"(-?[0-9]+)\" ]] && profit=${BASH_REMATCH[1]}
    if [ ${#profit} -ge 9 ] && [ "${profit:0:1}" != "-" ]; then
        echo "{\"type\":\"bid\",\"id\":$id,\"reason\":\"worth it\"}"
    else
        echo "{\"type\":\"no_bid\",\"id\":$id,\"reason\":\"too little\"}"
    fi
done
