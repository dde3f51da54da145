/*
 * Where something happened, as GeoRSS (simple and GML), the W3C's geo vocabulary and Dublin
 * Core say it: a point, the name of a place.
 */
#ifndef KAWAT_FEED_GEO_H
#define KAWAT_FEED_GEO_H

#include "base/str.h"

/* "-7.25", in millionths of a degree, between -most and most degrees.  False: it is none.
 */
bool geo_degrees(struct str, int32_t most, int32_t *out);

/* "-7.25 112.75": latitude and longitude, as georss:point and gml:pos have them. */
bool geo_point(struct str, int32_t *latitude, int32_t *longitude);

/*
 * May it be the name of a place?  dc:coverage holds times, codes and coordinates as well,
 * and those have digits or signs.
 */
bool geo_is_name(struct str);

#endif
