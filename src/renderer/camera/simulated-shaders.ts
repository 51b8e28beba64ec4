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

/** The photo under its light, and the noise of a sensor. Kept this short for graphics cards that are only software. */
export const FRAGMENT_SHADER = `#version 300 es
precision mediump float;
precision highp int;
in highp vec2 vPhotoPlace;
in vec3 vFactor;
uniform sampler2D photo;
uniform sampler2D grain;
uniform ivec2 grainOffset;
uniform float noise;
out vec4 colour;
void main() {
  vec3 random = texelFetch(grain, (ivec2(gl_FragCoord.xy) + grainOffset) & 255, 0).rgb - 0.5;
  colour = vec4(texture(photo, vPhotoPlace).rgb * vFactor + noise * random, 1.0);
}`;
