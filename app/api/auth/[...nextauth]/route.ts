import { authRoute } from "@/app/_boundary/auth-route";

export const GET = authRoute;
export const POST = authRoute;
