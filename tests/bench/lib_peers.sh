# The same work as other programs do it. Sourced by run.
# shellcheck shell=sh

# ---- typed tables ---------------------------------------------------------------

# account_table KEY: the columns of the accounts file.
account_table()
{
	echo "CREATE TABLE account(account_id TEXT $1, name TEXT, segment TEXT,
		industry TEXT, region TEXT, csm TEXT, arr DECIMAL(15, 2),
		contract_start DATE, renewal_date DATE, auto_renew TEXT, status TEXT,
		growth DOUBLE PRECISION, reference INTEGER, marquee INTEGER,
		advocate INTEGER, parent_expansion INTEGER,
		complexity DOUBLE PRECISION, maturity DOUBLE PRECISION,
		stakeholders DOUBLE PRECISION, seats_purchased DOUBLE PRECISION,
		features_available DOUBLE PRECISION, onboarding_started DATE,
		first_value_on DATE, churn_reason TEXT, tags TEXT);"
}

signal_table()
{
	echo 'CREATE TABLE "signal"(account_id TEXT, date DATE, signal TEXT,
		value DOUBLE PRECISION);'
}

# What a recalculation reads. Days count from 1970-01-01, amounts are cents.
base_table()
{
	echo "CREATE TABLE base(account_id TEXT PRIMARY KEY, arr BIGINT,
		growth DOUBLE PRECISION, reference INTEGER, marquee INTEGER,
		advocate INTEGER, parent_expansion INTEGER,
		complexity DOUBLE PRECISION, maturity DOUBLE PRECISION,
		stakeholders DOUBLE PRECISION, seats DOUBLE PRECISION,
		features DOUBLE PRECISION, renewal INTEGER, onboarding INTEGER,
		first_value INTEGER, active_days DOUBLE PRECISION,
		active_days_on INTEGER, features_used DOUBLE PRECISION,
		features_used_on INTEGER, seats_active DOUBLE PRECISION,
		seats_active_on INTEGER);"
}

# ---- the statement --------------------------------------------------------------

# curve X "x:y ...": linear between the points, flat beyond both ends.
curve()
{
	printf 'CASE WHEN %s IS NULL THEN NULL' "$1"
	at= y=
	for point in $2; do
		next=${point%:*} above=${point#*:}
		if [ -z "$at" ]; then
			printf ' WHEN %s <= %s THEN %s' "$1" "$next" "$above"
		else
			printf ' WHEN %s < %s THEN %s + (%s - %s) * (%s - %s) / %s.0' \
				"$1" "$next" "$y" "$1" "$at" "$above" "$y" $((next - at))
		fi
		at=$next y=$above
	done
	printf ' ELSE %s END' "$y"
}

# weighted "weight:column ...": the weighted mean of those that are not NULL.
weighted()
{
	sum='0.0' weights='0.0'
	for item in $1; do
		sum="$sum + COALESCE(${item%:*} * ${item#*:}, 0)"
		weights="$weights + CASE WHEN ${item#*:} IS NULL THEN 0 ELSE ${item%:*} END"
	done
	echo "($sum) / NULLIF($weights, 0)"
}

# recalculation DAY: health, value, effort, rank, tier score, and tiers under the caps
# of a first review, all in one statement, into a new table. The rules of the shipped
# policy; components that the data has nothing for are left out, as they would be NULL.
recalculation()
{
	d=$1
	cat <<-EOF
	CREATE TABLE scores AS
	WITH input AS (
		SELECT *,
			CASE WHEN $d - active_days_on <= 14 AND $d - onboarding >= 30
				THEN active_days END AS usage,
			CASE WHEN $d - features_used_on <= 45 AND $d - onboarding >= 30
				AND features > 0 THEN features_used * 100 / features
				END AS adoption,
			CASE WHEN $d - seats_active_on <= 45 AND $d - onboarding >= 30
				AND seats > 0 THEN seats_active * 100 / seats
				END AS utilisation,
			renewal - $d AS days
		FROM base
	), component AS MATERIALIZED (
		SELECT *,
			$(curve usage '0:0 4:30 12:70 20:100') AS c_usage,
			$(curve adoption '0:0 30:40 60:80 85:100') AS c_adoption,
			$(curve utilisation '0:0 50:50 80:100') AS c_utilisation,
			$(curve days '0:20 30:40 90:70 180:100') AS c_renewal
		FROM input
	), healthy AS MATERIALIZED (
		SELECT *,
			CASE WHEN CASE WHEN c_usage IS NULL THEN 0 ELSE 25 END
				+ CASE WHEN c_adoption IS NULL THEN 0 ELSE 20 END
				+ CASE WHEN c_utilisation IS NULL THEN 0 ELSE 10 END
				+ CASE WHEN c_renewal IS NULL THEN 0 ELSE 5 END >= 40
			THEN floor(0.5 + 1e-9 + $(weighted \
				'25:c_usage 20:c_adoption 10:c_utilisation 5:c_renewal'))
			END AS raw
		FROM component
	), judged AS (
		SELECT *, CASE WHEN raw < 1 THEN 1 WHEN raw > 100 THEN 100 ELSE raw END
				AS health,
			CASE WHEN growth < -0.5 THEN 0.5 WHEN growth > 1 THEN 2
				ELSE 1 + growth END AS g,
			CASE WHEN reference * 0.15 + marquee * 0.20 + advocate * 0.10
				+ parent_expansion * 0.25 > 1 THEN 2 ELSE 1
				+ reference * 0.15 + marquee * 0.20 + advocate * 0.10
				+ parent_expansion * 0.25 END AS m
		FROM healthy
	), part AS MATERIALIZED (
		SELECT account_id, health, complexity, 100 - maturity AS immaturity,
			round(arr * g * g * g * m) AS value,
			$(curve stakeholders '1:0 3:40 8:100') AS people,
			CASE WHEN first_value <= $d THEN 0
				WHEN onboarding <= $d THEN 100 END AS settling,
			(100 - health) * CASE WHEN days <= 30 THEN 1.0
				WHEN days >= 180 THEN 0 ELSE (180 - days) / 150.0 END AS risk
		FROM judged
	), effort AS MATERIALIZED (
		SELECT account_id, health, value, COALESCE($(weighted '30:complexity
			15:immaturity 15:people 10:settling 20:risk'), 50) AS effort
		FROM part
	), ranked AS (
		SELECT *, 100.0 * (rank() OVER (ORDER BY value) - 1
				+ 0.5 * count(*) OVER (PARTITION BY value))
				/ count(*) OVER () AS value_pct
		FROM effort
	), scored AS (
		SELECT account_id, health, value, effort, value_pct,
			0.7 * value_pct + 0.3 * effort AS score
		FROM ranked
	), ordered AS (
		SELECT *, row_number() OVER (ORDER BY score DESC, value DESC, account_id)
				AS place,
			floor(count(*) OVER () / 10.0) AS cap1,
			floor(count(*) OVER () * 3 / 10.0) AS cap2,
			count(CASE WHEN score >= 70 THEN 1 END) OVER () AS due1
		FROM scored
	)
	SELECT account_id, health, value, effort, value_pct, score,
		CASE WHEN score >= 70 AND place <= cap1 THEN 1
			WHEN score >= 40 AND place - CASE WHEN due1 < cap1 THEN due1
				ELSE cap1 END <= cap2 THEN 2
			ELSE 3 END AS tier
	FROM ordered;
	EOF
}

# What two programs must agree on: accounts, sum of health, sizes of tiers 1 and 2.
figures='SELECT count(*), CAST(sum(health) AS BIGINT),
	count(CASE WHEN tier = 1 THEN 1 END), count(CASE WHEN tier = 2 THEN 1 END)
	FROM scores'
