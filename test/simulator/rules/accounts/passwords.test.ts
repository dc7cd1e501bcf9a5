import { expect, test } from "@jest/globals";
import { hashPassword, isPassword, requireStrongPassword } from "../../../../src/simulator/rules/accounts/passwords.ts";
import { Secret } from "../../../../src/vocabulary/secret.ts";

test.each(["Test1234", "abcdefg1-", "ABCDEFG1-", "Abcdefg-", "Äöüßäö12", "Aa1-Aa1-"])("%p is strong enough", (text) => {
  expect(() => {
    requireStrongPassword(new Secret(text));
  }).not.toThrow();
});

test.each([
  "Test123",
  "Aa1-",
  "",
  "abcdefgh",
  "abcdefg1",
  "ABCDEFG-",
  "12345678",
  "0123456789abcdef",
  "Test1234\0",
  "Te\0st1234",
])("%p is refused", (text) => {
  expect(() => {
    requireStrongPassword(new Secret(text));
  }).toThrow(expect.objectContaining({ status: 400, errorClass: "auth_weak_password_error" }));
});

test("only the password that was hashed is recognized", () => {
  const hash = hashPassword(new Secret("Test1234"));

  expect(isPassword(new Secret("Test1234"), hash)).toBe(true);
  expect(isPassword(new Secret("test1234"), hash)).toBe(false);
  for (const longer of ["Test1234\0", "Test1234\0\0\0", "\0Test1234", "Test1234 "]) {
    expect(isPassword(new Secret(longer), hash)).toBe(false);
  }
  expect(hash).not.toContain("Test1234");
});

test("a hash that is none recognizes nothing", () => {
  expect(isPassword(new Secret("Test1234"), "")).toBe(false);
});
