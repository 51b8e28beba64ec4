/** One vertex: where it is in the picture and in the photo, and what its light multiplies the photo with. */
export const VERTEX_SHADER = `#version 300 es
in vec3 place;
in vec2 photoPlace;
in vec3 factor;
out vec2 vPhotoPlace;
out vec3 vFactor;
void main() {
  gl_Position = vec4(place, 1.0);
  vPhotoPlace = photoPlace;
  vFactor = factor;
}`;

/**
 * The photo under its light in linear light, and the noise of a sensor. Kept short for graphics cards that are only
 * software: both ways between sRGB and linear light are fits, within half a step of 255 of each other. The fits have to
 * be this good: where dark skin answered the light otherwise than bright skin, a flat picture would have a relief.
 */
export const FRAGMENT_SHADER = `#version 300 es
precision highp float;
precision highp int;
in vec2 vPhotoPlace;
in vec3 vFactor;
uniform sampler2D photo;
uniform sampler2D grain;
uniform ivec2 grainOffset;
uniform float noise;
out vec4 colour;
void main() {
  vec3 random = texelFetch(grain, (ivec2(gl_FragCoord.xy) + grainOffset) & 255, 0).rgb - 0.5;
  vec3 seen = texture(photo, vPhotoPlace).rgb;
  vec3 linear = seen * (seen * (seen * 0.305306011 + 0.682171111) + 0.012522878) * vFactor;
  vec3 one = sqrt(linear);
  vec3 two = sqrt(one);
  vec3 encoded = 0.662002687 * one + 0.684122060 * two - 0.323583601 * sqrt(two) - 0.0225411470 * linear;
  colour = vec4(encoded + noise * random, 1.0);
}`;
